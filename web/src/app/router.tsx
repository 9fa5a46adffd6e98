import { QueryClient } from "@tanstack/react-query";
import {
  type AnyRoute,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import type { Feature } from "#kit/feature.ts";
import { NotFound } from "#kit/NotFound.tsx";
import { paths } from "#kit/paths.ts";
import { Failure } from "#lib/graphql/failure.ts";
import { formatUrlSearch, parseUrlSearch } from "#lib/urlSearch.ts";
import { features } from "./features.ts";
import { noteOwner, PageFailure } from "./PageFailure.tsx";
import { PagePending } from "./PagePending.tsx";
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

const pages = pagesOf(({ routes }) => routes?.(frame, queries));
const openPages = pagesOf(({ openRoutes }) => openRoutes?.(root));
const adminPages = pagesOf(({ adminRoutes }) => adminRoutes?.(admin));

/** The pages of all features; one that cannot say which it has is left out, and the others stay. */
function pagesOf(read: (feature: Feature) => AnyRoute[] | undefined): AnyRoute[] {
  return features.flatMap((feature) => {
    try {
      const routes = read(feature) ?? [];
      for (const route of routes) noteOwner(route, feature.id);
      return routes;
    } catch (error) {
      reportError(error);
      return [];
    }
  });
}

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
