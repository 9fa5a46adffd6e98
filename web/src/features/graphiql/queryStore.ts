import type { Failure } from "#lib/graphql/failure.ts";
import { request } from "#lib/graphql/request.ts";
import { SavedQueriesDocument, SaveQueriesDocument } from "./SavedQueries.generated.ts";
import { readSaved, type SavedQuery } from "./savedQueries.ts";

const key = "graphiql.queries";
const browserKey = "callboard.graphiql.queries";

/** Where queries are kept: with the account, or in this browser for those without one. */
export type KeptIn = "account" | "browser";

/** What is kept, and where. */
export async function loadQueries(): Promise<{ keptIn: KeptIn; saved: SavedQuery[] }> {
  const { data } = await request(SavedQueriesDocument, {});
  if (data.viewer && !data.viewer.isGuest) return { keptIn: "account", saved: readSaved(data.viewer.settings) };
  return { keptIn: "browser", saved: readSaved(inBrowser()) };
}

/** Keeps the list. Throws what the server says where it refuses. */
export async function storeQueries(keptIn: KeptIn, saved: readonly SavedQuery[]): Promise<void> {
  if (keptIn === "browser") return localStorage.setItem(browserKey, JSON.stringify(saved));
  const { failures } = await request(SaveQueriesDocument, { input: { key, value: saved } });
  const failure: Failure | undefined = failures[0];
  if (failure) throw failure;
}

function inBrowser(): unknown {
  try {
    return JSON.parse(localStorage.getItem(browserKey) ?? "null");
  } catch {
    return null;
  }
}
