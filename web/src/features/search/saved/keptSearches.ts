import type { Setting } from "#kit/settings/settingStore.ts";
import { type KeptSearch, readKept } from "./searches.ts";

/** The searches that somebody named. */
export const keptSearches: Setting<readonly KeptSearch[]> = { key: "search.kept", read: readKept };
