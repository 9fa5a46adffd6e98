import { Activity, LibraryBig, Plus, Star, TriangleAlert, UsersRound } from "lucide-react";
import { type ComponentType, lazy } from "react";
import type { HomeWidget } from "#kit/feature.ts";
import { paths } from "#kit/paths.ts";
import { t } from "./messages.ts";

type Widgets = typeof import("./widgets.ts").widgets;

function widget(name: keyof Widgets) {
  return lazy<ComponentType>(() => import("./widgets.ts").then((module) => ({ default: module.widgets[name] })));
}

/** What the catalog offers for the home page. */
export const homeWidgets: HomeWidget[] = [
  {
    id: "catalog.owned",
    title: () => t("owned"),
    text: () => t("ownedText"),
    icon: UsersRound,
    initial: 20,
    isPersonal: true,
    target: paths.catalog({ show: "owned" }),
    component: widget("OwnedWidget"),
  },
  {
    id: "catalog.attention",
    title: () => t("attention"),
    text: () => t("attentionText"),
    icon: TriangleAlert,
    initial: 30,
    isPersonal: true,
    target: paths.catalogProblems({ mine: true }),
    component: widget("AttentionWidget"),
  },
  {
    id: "catalog.starred",
    title: () => t("starred"),
    text: () => t("starredText"),
    icon: Star,
    initial: 40,
    isPersonal: true,
    target: paths.catalog({ show: "starred" }),
    component: widget("StarredWidget"),
  },
  {
    id: "catalog.activity",
    title: () => t("activity"),
    text: () => t("activityText"),
    icon: Activity,
    initial: 60,
    isPersonal: true,
    component: widget("ActivityWidget"),
  },
  {
    id: "catalog.kinds",
    title: () => t("kinds"),
    text: () => t("kindsText"),
    icon: LibraryBig,
    initial: 70,
    target: paths.catalog(),
    component: widget("KindsWidget"),
  },
  {
    id: "catalog.create",
    title: () => t("create"),
    text: () => t("createText"),
    icon: Plus,
    initial: 80,
    permissions: ["catalog.location.create", "catalog.location.read"],
    component: widget("CreateWidget"),
  },
];
