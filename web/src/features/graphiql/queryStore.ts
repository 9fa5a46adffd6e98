import { fetchSetting, type Kept, keepSetting, type Setting } from "#kit/settings/settingStore.ts";
import { readSaved, type SavedQuery } from "./savedQueries.ts";

const queries: Setting<SavedQuery[]> = { key: "graphiql.queries", read: readSaved };

/** What is kept, for whom and where. */
export interface KeptQueries {
  kept: Kept;
  saved: SavedQuery[];
}

/** Fetches the queries that somebody kept. */
export async function loadQueries(): Promise<KeptQueries> {
  const kept = await fetchSetting(queries.key);
  return { kept, saved: queries.read(kept.stored) };
}

/** Keeps the list. Throws what the server says where it refuses. */
export function storeQueries({ kept }: KeptQueries, saved: readonly SavedQuery[]): Promise<void> {
  return keepSetting(queries.key, kept, saved);
}
