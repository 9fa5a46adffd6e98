import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { Palette, Settings2 } from "lucide-react";
import { lazy } from "react";
import type { Feature } from "#kit/feature.ts";
import { paths } from "#kit/paths.ts";
import { t } from "./messages.ts";

const AppearancePanel = lazy(() =>
  import("./AppearancePanel.tsx").then((module) => ({ default: module.AppearancePanel })),
);

/** How the portal looks and behaves for one person; other features add panels. */
export const settingsFeature: Feature = {
  id: "settings",
  settingsPanels: [{ id: "appearance", title: () => t("appearance"), icon: Palette, component: AppearancePanel }],
  commands: [
    {
      id: "open",
      title: () => t("open"),
      words: () => t("openWords"),
      icon: Settings2,
      shortcut: "g ,",
      run: ({ navigate }) => navigate(paths.settings()),
    },
  ],
  routes: (parent) => [
    createRoute({
      getParentRoute: () => parent,
      path: "settings/{-$panel}",
      component: lazyRouteComponent(() => import("./SettingsPage.tsx"), "SettingsPage"),
    }),
  ],
};
