import { use } from "react";
import { FeaturesContext, type NavigationEntry, type NavigationGroup, navigationGroups } from "#kit/feature.ts";
import { isGranted, useGranted } from "#kit/permissions.ts";
import { navigationOf } from "./features.ts";
import { inOrder } from "./navigationOrder.ts";

/** The entries that are for the viewer, in order: all that need no permission until it is known what they have. */
export function useEntries(): NavigationEntry[] {
  const granted = useGranted();
  return inOrder(navigationOf(use(FeaturesContext))).filter(({ permissions }) => isGranted(permissions, granted));
}

/** The same by group, without groups that are empty. */
export function useEntryGroups(): { group: NavigationGroup; entries: NavigationEntry[] }[] {
  const entries = useEntries();
  return navigationGroups
    .map((group) => ({ group, entries: entries.filter((entry) => (entry.group ?? "tools") === group) }))
    .filter((one) => one.entries.length > 0);
}
