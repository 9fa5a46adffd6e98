import { Plus, Star, UserRound } from "lucide-react";
import type { Command } from "#kit/feature.ts";
import { paths } from "#kit/paths.ts";
import { t } from "./messages.ts";

/** What the catalog lets one do from anywhere. */
export const catalogCommands: Command[] = [
  {
    id: "register",
    title: () => t("register"),
    words: () => t("registerWords"),
    icon: Plus,
    permissions: ["catalog.location.create"],
    run: ({ navigate }) => navigate(paths.registerLocation()),
  },
  {
    id: "mine",
    title: () => t("mine"),
    words: () => t("mineWords"),
    icon: UserRound,
    run: ({ navigate }) => navigate(paths.catalog({ show: "owned" })),
  },
  {
    id: "starred",
    title: () => t("starred"),
    words: () => t("starredWords"),
    icon: Star,
    run: ({ navigate }) => navigate(paths.catalog({ show: "starred" })),
  },
];
