import { Copy, GitFork, ScanSearch } from "lucide-react";
import type { Command } from "#kit/feature.ts";
import { copyReference, shownEntity } from "./inspection.ts";
import { t } from "./messages.ts";

/** What can be done from the palette with the entity whose page is open. */
export const inspectCommands: Command[] = [
  {
    id: "inspect",
    title: () => t("command"),
    words: () => t("commandWords"),
    icon: ScanSearch,
    isOffered: () => shownEntity() !== null,
    run: () => shownEntity()?.inspect("overview"),
  },
  {
    id: "inspectAncestry",
    title: () => t("ancestryCommand"),
    words: () => t("ancestryWords"),
    icon: GitFork,
    isOffered: () => shownEntity() !== null,
    run: () => shownEntity()?.inspect("ancestry"),
  },
  {
    id: "copyReference",
    title: () => t("copyCommand"),
    words: () => t("copyWords"),
    icon: Copy,
    isOffered: () => shownEntity() !== null,
    run: () => {
      const entity = shownEntity();
      if (entity) void copyReference(entity.reference);
    },
  },
];
