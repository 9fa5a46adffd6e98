import { type NavigationEntry, navigationGroups } from "#kit/feature.ts";

const usual = 50;

/** Entries by their group, then by their order; equals stay in the order of their features. */
export function inOrder(entries: readonly NavigationEntry[]): NavigationEntry[] {
  const groupOf = ({ group = "tools" }: NavigationEntry) => navigationGroups.indexOf(group);
  return [...entries].sort(
    (one, other) => groupOf(one) - groupOf(other) || (one.order ?? usual) - (other.order ?? usual),
  );
}
