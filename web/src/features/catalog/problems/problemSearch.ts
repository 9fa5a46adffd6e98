import type { IngestionProblemKind, UnprocessedFilter } from "#lib/graphql/schema.generated.ts";
import { firstValueOf } from "#lib/urlSearch.ts";

/** Why a document is not in the catalog as it was read. */
export const problemKinds = ["ERROR", "STALE", "CONFLICT"] as const satisfies IngestionProblemKind[];

/** All there is to know about a page of problems; it stands in the address. */
export interface ProblemSearch {
  text?: string;
  problem?: IngestionProblemKind;
  /** Only of what the viewer, or a group of theirs, owns. */
  mine?: true;
  after?: string;
}

/** Reads an address, whoever wrote it. */
export function readProblemSearch(raw: Record<string, unknown>): ProblemSearch {
  const search: ProblemSearch = {};
  const [text, after] = [raw.text, raw.after].map(firstValueOf);
  const problem = problemKinds.find((one) => one === firstValueOf(raw.problem));
  if (text) search.text = text;
  if (problem) search.problem = problem;
  if (raw.mine === true || firstValueOf(raw.mine) === "true") search.mine = true;
  if (after) search.after = after;
  return search;
}

/** The same list with something changed, from its first page. */
export function changed(
  search: ProblemSearch,
  change: { [Key in keyof ProblemSearch]: ProblemSearch[Key] | undefined },
): ProblemSearch {
  const { after, ...rest } = search;
  return readProblemSearch({ ...rest, ...change });
}

/** Whether anything narrows the list. */
export function isNarrowed({ after, ...rest }: ProblemSearch): boolean {
  return Object.keys(rest).length > 0;
}

/** What the list is filtered by. */
export function filterOf({ text, problem, mine }: ProblemSearch): UnprocessedFilter {
  return { ...(text && { text }), ...(problem && { kind: problem }), ...(mine && { ownedByViewer: true }) };
}
