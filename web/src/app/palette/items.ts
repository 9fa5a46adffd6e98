import type { ReactNode } from "react";
import type { Target } from "#kit/paths.ts";
import { fitting, wordsOf } from "#lib/matching.ts";
import type { PaletteAct } from "./runCommand.ts";

/** One line of the palette: a place, or something to do. */
export interface PaletteItem {
  /** Unique in the palette. */
  id: string;
  title: string;
  detail?: string | undefined;
  icon: ReactNode;
  /** Further words that it is found by, which are not shown. */
  words?: string | undefined;
  /** The shortcut that leads to the same. */
  keys?: string | undefined;
  /** A place outside of this application. */
  isExternal?: boolean | undefined;
  act: { target: Target } | { run: PaletteAct };
}

/** Lines of one sort, under a heading. */
export interface PaletteGroup {
  id: string;
  title: string;
  items: PaletteItem[];
  /** Said in place of lines: why there are none. */
  failure?: string | undefined;
}

/**
 * Those lines that the words find, the best first; all of them without words. Among other things it takes the start of a
 * word to find one, so that a few letters find what they are the start of, and a whole one where it is not shown.
 */
export function foundItems(
  items: readonly PaletteItem[],
  words: readonly string[],
  { most, isStrict = false }: { most: number; isStrict?: boolean },
): PaletteItem[] {
  // Nobody sees why a line is there that is found by the start of a word it does not show.
  const hidden = (text: string) =>
    isStrict
      ? wordsOf(text)
          .filter((word) => words.includes(word))
          .join(" ")
      : text;
  const found = fitting(items, words, ({ title, detail = "", words: more = "" }) => ({
    title,
    more: `${detail} ${hidden(more)}`,
    isStrict,
  }));
  return found.slice(0, most);
}

/** Groups without those that are empty, and no place twice: the first group that has it keeps it. */
export function withoutRepeats(groups: readonly PaletteGroup[]): PaletteGroup[] {
  const seen = new Set<string>();
  return groups.flatMap((group) => {
    const items = group.items.filter(({ id }) => !seen.has(id) && seen.add(id));
    return items.length > 0 || group.failure ? [{ ...group, items }] : [];
  });
}

/** The line that is active after a step up or down, round and round; the first without one. */
export function stepped(items: readonly PaletteItem[], active: string | undefined, step: number): string | undefined {
  if (items.length === 0) return undefined;
  const at = items.findIndex(({ id }) => id === active);
  const next = at < 0 ? (step > 0 ? 0 : items.length - 1) : (at + step + items.length) % items.length;
  return items[next]?.id;
}
