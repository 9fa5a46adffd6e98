import { changeKept, fetchSetting, type Kept, type Setting } from "#kit/settings/settingStore.ts";
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

/** Changes the list that is kept now, and gives what it is then. Throws what the server says where it refuses. */
export async function changeQueries(
  { kept: shown }: KeptQueries,
  next: (saved: SavedQuery[]) => SavedQuery[],
): Promise<KeptQueries> {
  const kept = await changeKept(queries, shown, next);
  return { kept, saved: queries.read(kept.stored) };
}
