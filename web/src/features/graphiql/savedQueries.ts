/** A query that somebody kept. */
export interface SavedQuery {
  name: string;
  query: string;
  variables: string;
}

/** How many somebody may have. */
export const mostQueries = 100;

const longestName = 100;

/** Reads what was kept, whoever kept it: other versions of this page, or a hand. */
export function readSaved(value: unknown): SavedQuery[] {
  if (!Array.isArray(value)) return [];
  const read = value.flatMap((one: unknown): SavedQuery[] => {
    if (typeof one !== "object" || one === null) return [];
    const { name, query, variables } = one as Record<string, unknown>;
    if (typeof name !== "string" || typeof query !== "string" || name.trim() === "") return [];
    return [{ name: name.slice(0, longestName), query, variables: typeof variables === "string" ? variables : "" }];
  });
  return read.slice(0, mostQueries);
}

/** The list with one more, in place of one of the same name. */
export function withQuery(saved: readonly SavedQuery[], added: SavedQuery): SavedQuery[] {
  const name = added.name.trim().slice(0, longestName);
  const rest = saved.filter((one) => one.name.toLowerCase() !== name.toLowerCase());
  return [...rest, { ...added, name }].sort((one, other) => one.name.localeCompare(other.name));
}

/** The list without one. */
export function withoutQuery(saved: readonly SavedQuery[], name: string): SavedQuery[] {
  return saved.filter((one) => one.name !== name);
}

/** What a query is called by itself: by its operation. */
export function nameOfQuery(query: string): string {
  return /\b(?:query|mutation|subscription)\s+([A-Za-z_]\w*)/.exec(query)?.[1] ?? "";
}
