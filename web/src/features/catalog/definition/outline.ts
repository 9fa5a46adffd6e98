/** What a definition holds, as its navigation lists it. */
export interface Outline {
  title?: string;
  version?: string;
  groups: OutlineGroup[];
}

/** Things of one kind, or under one tag. */
export interface OutlineGroup {
  /** A heading that the definition gives. */
  title?: string;
  /** A heading of our own. */
  section?: Section;
  items: OutlineItem[];
}

/** The headings that viewers share. */
export type Section =
  | "operations"
  | "webhooks"
  | "channels"
  | "messages"
  | "schemas"
  | "queries"
  | "mutations"
  | "subscriptions"
  | "objects"
  | "interfaces"
  | "inputs"
  | "enums"
  | "unions"
  | "scalars"
  | "directives"
  | "extensions";

/** One thing to look at. */
export interface OutlineItem {
  /** What stands in the address. */
  id: string;
  label: string;
  /** A word before the label, e.g. a method. */
  badge?: string;
  /** A sentence about it. */
  hint?: string;
  isDeprecated?: boolean;
}

/** The outline with what holds every word of a text, groups without any left out. */
export function narrowed(groups: readonly OutlineGroup[], text: string): OutlineGroup[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...groups];
  return groups.flatMap((group) => {
    const items = group.items.filter((item) => {
      const searched = `${item.badge ?? ""} ${item.label} ${item.hint ?? ""} ${item.id}`.toLowerCase();
      return words.every((word) => searched.includes(word));
    });
    return items.length > 0 ? [{ ...group, items }] : [];
  });
}

/** How many things there are. */
export function countItems(groups: readonly OutlineGroup[]): number {
  return groups.reduce((count, { items }) => count + items.length, 0);
}

/** Whether the address names something that the outline lists. */
export function hasItem(groups: readonly OutlineGroup[], id: string): boolean {
  return groups.some(({ items }) => items.some((item) => item.id === id));
}
