import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { ScrollText } from "lucide-react";
import type { Feature } from "#kit/feature.ts";
import { paths } from "#kit/paths.ts";
import { defineMessages } from "#lib/i18n/messages.ts";

const t = defineMessages("auditFeature", { audit: "Audit log" });

/** What everyone did, and what they were refused. */
export const auditFeature: Feature = {
  id: "audit",
  adminSections: [{ title: () => t("audit"), icon: ScrollText, target: paths.audit(), permission: "audit.event.read" }],
  adminRoutes: (parent) => [
    createRoute({
      getParentRoute: () => parent,
      path: "audit",
      component: lazyRouteComponent(() => import("./AuditPage.tsx"), "AuditPage"),
    }),
  ],
};
