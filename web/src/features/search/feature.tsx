import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { Search } from "lucide-react";
import type { Feature } from "#kit/feature.ts";
import { paths } from "#kit/paths.ts";
import { t } from "./messages.ts";
import { readSearchPlace } from "./page/searchPlace.ts";
import { findDocuments } from "./palette/findDocuments.tsx";
import { t as statusText } from "./status/messages.ts";

/** Finds whatever plugins give to be searched. */
export const searchFeature: Feature = {
  id: "search",
  permissions: ["search.index.read", "search.index.rebuild"],
  search: [{ id: "documents", title: () => t("documents"), find: findDocuments }],
  commands: [
    {
      id: "open",
      title: () => t("open"),
      words: () => t("openWords"),
      icon: Search,
      shortcut: "g s",
      run: ({ navigate }) => navigate(paths.search()),
    },
  ],
  routes: (parent) => [
    createRoute({
      getParentRoute: () => parent,
      path: "search",
      validateSearch: readSearchPlace,
      component: lazyRouteComponent(() => import("./page/SearchPage.tsx"), "SearchPage"),
    }),
  ],
  adminSections: [
    {
      title: () => statusText("title"),
      icon: Search,
      target: paths.searchStatus(),
      permission: "search.index.read",
    },
  ],
  adminRoutes: (parent) => [
    createRoute({
      getParentRoute: () => parent,
      path: "search",
      component: lazyRouteComponent(() => import("./status/StatusPage.tsx"), "StatusPage"),
    }),
  ],
};
