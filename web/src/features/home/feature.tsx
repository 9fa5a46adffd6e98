import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { History, House, Link2, Search } from "lucide-react";
import { lazy } from "react";
import type { Feature } from "#kit/feature.ts";
import { paths } from "#kit/paths.ts";
import { t } from "./messages.ts";

const SearchWidget = lazy(() => import("./widgets.ts").then((module) => ({ default: module.widgets.SearchWidget })));
const RecentWidget = lazy(() => import("./widgets.ts").then((module) => ({ default: module.widgets.RecentWidget })));
const LinksWidget = lazy(() => import("./widgets.ts").then((module) => ({ default: module.widgets.LinksWidget })));

/** Where one arrives: boxes that everybody arranges for themselves. */
export const homeFeature: Feature = {
  id: "home",
  navigation: [
    { title: () => t("home"), icon: House, target: paths.home(), group: "explore", order: 10, shortcut: "h" },
  ],
  homeWidgets: [
    {
      id: "home.search",
      title: () => t("search"),
      text: () => t("searchText"),
      icon: Search,
      width: 2,
      initial: 10,
      component: SearchWidget,
    },
    {
      id: "home.recent",
      title: () => t("recent"),
      text: () => t("recentText"),
      icon: History,
      initial: 50,
      component: RecentWidget,
    },
    { id: "home.links", title: () => t("links"), text: () => t("linksText"), icon: Link2, component: LinksWidget },
  ],
  routes: (parent) => [
    createRoute({
      getParentRoute: () => parent,
      path: "/",
      component: lazyRouteComponent(() => import("./HomePage.tsx"), "HomePage"),
    }),
  ],
};
