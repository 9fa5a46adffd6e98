import type { LocationOrigin } from "#lib/graphql/schema.generated.ts";
import { firstValueOf } from "#lib/urlSearch.ts";

/** Who may say that a location is read. */
export const origins = ["CONFIG", "REGISTERED", "PROVIDER"] as const satisfies LocationOrigin[];

/** All there is to know about a page of locations; it stands in the address. */
export interface LocationSearch {
  text?: string;
  origin?: LocationOrigin;
  /** Only those that could not be read, or those that could. */
  failed?: boolean;
  /** Only those that the provider with this id found. */
  provider?: string;
  after?: string;
}

/** Reads an address, whoever wrote it. */
export function readLocationSearch(raw: Record<string, unknown>): LocationSearch {
  const search: LocationSearch = {};
  const [text, failed, provider, after] = [raw.text, String(raw.failed), raw.provider, raw.after].map(firstValueOf);
  const origin = origins.find((one) => one === firstValueOf(raw.origin));
  if (text) search.text = text;
  if (origin) search.origin = origin;
  if (failed === "true" || failed === "false") search.failed = failed === "true";
  if (provider) search.provider = provider;
  if (after) search.after = after;
  return search;
}

/** The same list with something changed, from its first page. */
export function changed(
  search: LocationSearch,
  change: { [Key in keyof LocationSearch]: LocationSearch[Key] | undefined },
): LocationSearch {
  const { after, ...rest } = search;
  return readLocationSearch({ ...rest, ...change });
}

/** Whether anything narrows the list. */
export function isNarrowed({ after, ...rest }: LocationSearch): boolean {
  return Object.keys(rest).length > 0;
}
