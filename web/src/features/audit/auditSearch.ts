import type { AuditFilter, AuditOutcome } from "#lib/graphql/schema.generated.ts";
import { firstValueOf, valuesOf } from "#lib/urlSearch.ts";

/** The spans of time that have a name, in seconds. */
export const ranges = { hour: 3600, day: 86_400, week: 604_800, month: 2_592_000 } as const;

/** A span of time that has a name. */
type RangeName = keyof typeof ranges;

/** How an act may have ended. */
export const outcomes = ["SUCCEEDED", "DENIED", "FAILED"] as const satisfies AuditOutcome[];

/** All there is to know about a page of the log; it stands in the address. */
export interface AuditSearch {
  actor?: string[];
  action?: string[];
  outcome?: AuditOutcome;
  target?: string;
  range?: RangeName;
  since?: string;
  until?: string;
  after?: string;
}

/** Reads an address, whoever wrote it. */
export function readAuditSearch(raw: Record<string, unknown>): AuditSearch {
  const search: AuditSearch = {};
  const [actor, action] = [valuesOf(raw.actor), valuesOf(raw.action)];
  const outcome = outcomes.find((one) => one === firstValueOf(raw.outcome));
  const [target, range, since, until, after] = [raw.target, raw.range, raw.since, raw.until, raw.after].map(
    firstValueOf,
  );
  if (actor.length > 0) search.actor = actor;
  if (action.length > 0) search.action = action;
  if (outcome) search.outcome = outcome;
  if (target) search.target = target;
  if (range && Object.hasOwn(ranges, range)) search.range = range as RangeName;
  else {
    if (isTime(since)) search.since = since;
    if (isTime(until)) search.until = until;
  }
  if (after) search.after = after;
  return search;
}

function isTime(text: string | undefined): text is string {
  return text !== undefined && !Number.isNaN(Date.parse(text));
}

/** The same log with something changed, from its newest event. */
export function changed(
  search: AuditSearch,
  change: { [Key in keyof AuditSearch]: AuditSearch[Key] | undefined },
): AuditSearch {
  const { after, ...rest } = search;
  return readAuditSearch({ ...rest, ...change });
}

/** Whether anything narrows the log. */
export function isNarrowed({ after, ...rest }: AuditSearch): boolean {
  return Object.keys(rest).length > 0;
}

/** What the log is filtered by. A named span begins at a whole minute, so that the same question stays the same. */
export function filterOf(search: AuditSearch, now: Date): AuditFilter {
  const { actor, action, outcome, target, range, since, until } = search;
  const filter: AuditFilter = {};
  if (actor) filter.actor = actor;
  if (action) filter.action = action;
  if (outcome) filter.outcome = [outcome];
  if (target) filter.target = target;
  if (range) filter.since = new Date(Math.floor(now.getTime() / 60_000) * 60_000 - ranges[range] * 1000).toISOString();
  if (since) filter.since = new Date(since).toISOString();
  if (until) filter.until = new Date(until).toISOString();
  return filter;
}
