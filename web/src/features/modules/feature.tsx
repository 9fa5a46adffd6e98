import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { Blocks } from "lucide-react";
import type { Feature } from "#kit/feature.ts";
import { configuredModules } from "#kit/modules/configured.ts";
import { paths } from "#kit/paths.ts";
import { defineMessages } from "#lib/i18n/messages.ts";

const t = defineMessages("modulesFeature", { modules: "Modules" });

const page = () => import("./ModulePage.tsx");

/** Front ends of third parties: their pages, and how they are. A portal without any has no trace of it. */
export const modulesFeature: Feature = {
  id: "modules",
  routes: (parent) => {
    const component = lazyRouteComponent(page, "ModulePage");
    return ["x/$module", "x/$module/$"].map((path) => createRoute({ getParentRoute: () => parent, path, component }));
  },
  ...(configuredModules().length > 0 && {
    adminSections: [{ title: () => t("modules"), icon: Blocks, target: paths.modules() }],
    adminRoutes: (parent) => [
      createRoute({
        getParentRoute: () => parent,
        path: "modules",
        component: lazyRouteComponent(() => import("./ModulesPage.tsx"), "ModulesPage"),
      }),
    ],
  }),
};
