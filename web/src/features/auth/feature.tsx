import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { KeyRound, MonitorSmartphone } from "lucide-react";
import type { Feature } from "#kit/feature.ts";
import { paths } from "#kit/paths.ts";
import { defineMessages } from "#lib/i18n/messages.ts";

const t = defineMessages("auth", { sessions: "Sessions", tokens: "Tokens" });

/** Signing in, one's own account, and for admins everyone's sessions and tokens. */
export const authFeature: Feature = {
  id: "auth",
  permissions: ["auth.session.revoke", "auth.token.create", "auth.token.revoke"],
  adminSections: [
    { title: () => t("sessions"), icon: MonitorSmartphone, target: paths.sessions(), permission: "auth.session.read" },
    { title: () => t("tokens"), icon: KeyRound, target: paths.tokens(), permission: "auth.token.read" },
  ],
  openRoutes: (parent) => [
    createRoute({
      getParentRoute: () => parent,
      path: "sign-in",
      component: lazyRouteComponent(() => import("./signIn/SignInPage.tsx"), "SignInPage"),
    }),
  ],
  routes: (parent) => [
    createRoute({
      getParentRoute: () => parent,
      path: "account/{-$tab}",
      component: lazyRouteComponent(() => import("./account/AccountPage.tsx"), "AccountPage"),
    }),
  ],
  adminRoutes: (parent) => [
    createRoute({
      getParentRoute: () => parent,
      path: "sessions",
      component: lazyRouteComponent(() => import("./sessions/SessionsPage.tsx"), "SessionsPage"),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "tokens",
      component: lazyRouteComponent(() => import("./tokens/TokensPage.tsx"), "TokensPage"),
    }),
  ],
};
