import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { FileUp, Scale, Users } from "lucide-react";
import type { Feature } from "#kit/feature.ts";
import { paths } from "#kit/paths.ts";
import { defineMessages } from "#lib/i18n/messages.ts";

const t = defineMessages("permissions", { roles: "Roles", explain: "Explain", files: "Import and export" });

/** Who may do what: roles and what they grant, why somebody may do something, and roles as files. */
export const permissionsFeature: Feature = {
  id: "permissions",
  permissions: ["policy.entity.create", "policy.entity.update"],
  adminSections: [
    { title: () => t("roles"), icon: Users, target: paths.roles(), permission: "policy.entity.read" },
    { title: () => t("explain"), icon: Scale, target: paths.explain() },
    { title: () => t("files"), icon: FileUp, target: paths.roleFiles(), permission: "policy.entity.read" },
  ],
  adminRoutes: (parent) => [
    createRoute({
      getParentRoute: () => parent,
      path: "roles",
      component: lazyRouteComponent(() => import("./roles/RolesPage.tsx"), "RolesPage"),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "roles/$role",
      component: lazyRouteComponent(() => import("./roles/RolePage.tsx"), "RolePage"),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "explain",
      component: lazyRouteComponent(() => import("./explain/ExplainPage.tsx"), "ExplainPage"),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "role-files",
      component: lazyRouteComponent(() => import("./files/RoleFilesPage.tsx"), "RoleFilesPage"),
    }),
  ],
};
