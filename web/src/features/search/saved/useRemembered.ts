import { useEffect } from "react";
import type { Setting } from "#kit/settings/settingStore.ts";
import { useChange } from "#kit/settings/useSetting.ts";
import { readRecent, withRecent } from "./searches.ts";

/** What somebody looks for changes with every letter: the account is told once they went on. */
const pause = 20_000;
/** What one stops at for so long was meant. */
const meant = 1500;

/** The texts that were looked for not long ago. */
export const recentSearches: Setting<readonly string[]> = { key: "search.recent", read: readRecent, pause };

/** Remembers a text that something was found by. */
export function useRemembered(text: string | undefined, isFound: boolean) {
  const change = useChange(recentSearches);
  useEffect(() => {
    if (text === undefined || !isFound) return;
    const remember = () => change((recent) => withRecent(recent, text));
    const timer = setTimeout(remember, meant);
    return () => clearTimeout(timer);
  }, [text, isFound, change]);
}
