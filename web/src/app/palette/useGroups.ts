import type { Feature } from "#kit/feature.ts";
import { wordsOf } from "#lib/matching.ts";
import { foundItems, type PaletteGroup, withoutRepeats } from "./items.ts";
import { t } from "./messages.ts";
import type { PaletteText } from "./paletteText.ts";
import { useCommands } from "./useCommands.tsx";
import { useFound } from "./useFound.tsx";
import { usePlaces } from "./usePlaces.tsx";
import { useRecentItems } from "./useRecentItems.tsx";

/** How many of each sort show beside others. */
const some = 5;
const all = 100;

/**
 * What the palette shows: what was visited first, then what is known without asking, and below it, so that nothing moves
 * under somebody's eyes, what the server finds.
 */
export function useGroups(
  features: readonly Feature[],
  { mode, words }: PaletteText,
  settled: string,
): { groups: PaletteGroup[]; isSearching: boolean } {
  const { groups: found, isSearching } = useFound(features, { mode, words: settled }, words);
  const recents = useRecentItems();
  const places = usePlaces();
  const commands = useCommands();
  const typed = wordsOf(words);
  const group = (id: string, title: string, items: typeof places, most: number) => ({
    id,
    title,
    items: foundItems(items, typed, { most, isStrict: mode === "all" && id !== "recent" }),
  });
  const own = {
    all: [
      group("recent", t("recent"), recents, some),
      group("pages", t("pages"), places, words === "" ? all : some),
      ...(words === "" ? [] : [group("commands", t("commands"), commands, some)]),
    ],
    ">": [group("commands", t("commands"), commands, all)],
    "@": [],
    "#": [],
  };
  return { groups: withoutRepeats([...own[mode], ...found]), isSearching };
}
