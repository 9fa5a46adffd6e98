import { QueryClient } from "@tanstack/react-query";
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { NotFound } from "#kit/NotFound.tsx";
import { paths } from "#kit/paths.ts";
import { Failure } from "#lib/graphql/failure.ts";
import { formatUrlSearch, parseUrlSearch } from "#lib/urlSearch.ts";
import { features } from "./features.ts";
import { PageFailure } from "./PageFailure.tsx";
import { PagePending } from "./PagePending.tsx";
import { pluginPages } from "./pluginPages.ts";
import { Shell } from "./Shell.tsx";

/** What was fetched stays fresh for as long as it takes to look around. */
const freshness = 15_000;

/** Everything fetched from the server, for as long as the page is open. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: freshness,
      networkMode: "always",
      retry: (failures, error) => failures < 1 && error instanceof Failure && error.isPassing,
      retryDelay: 400,
    },
  },
});

const root = createRootRoute();

const frame = createRoute({ getParentRoute: () => root, id: "frame", component: Shell });

const home = createRoute({
  getParentRoute: () => frame,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: paths.catalog().to });
  },
});

const admin = createRoute({
  getParentRoute: () => frame,
  path: "admin",
  component: lazyRouteComponent(() => import("./AdminFrame.tsx"), "AdminFrame"),
});

const elsewhere = createRoute({ getParentRoute: () => frame, path: "$", component: () => <NotFound /> });

const pages = pluginPages(features, ({ routes }) => routes?.(frame, queries));
const openPages = pluginPages(features, ({ openRoutes }) => openRoutes?.(root));
const adminPages = pluginPages(features, ({ adminRoutes }) => adminRoutes?.(admin));

/** Which page an address shows. */
export const router = createRouter({
  routeTree: root.addChildren([
    ...openPages,
    frame.addChildren([home, ...pages, admin.addChildren(adminPages), elsewhere]),
  ]),
  parseSearch: parseUrlSearch,
  stringifySearch: formatUrlSearch,
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 150,
  defaultPendingMinMs: 0,
  defaultPendingComponent: PagePending,
  defaultErrorComponent: PageFailure,
  defaultNotFoundComponent: () => <NotFound />,
  scrollRestoration: true,
});
