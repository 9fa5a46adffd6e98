import type { FieldFilter } from "#lib/graphql/schema.generated.ts";
import { firstValueOf, valuesOf } from "#lib/urlSearch.ts";

/** What results can be narrowed by, in the order it is shown. */
export const facetNames = ["kind", "owner", "lifecycle", "tag"] as const;

/** A field that results can be narrowed by. */
export type FacetName = (typeof facetNames)[number];

const longestText = 500;

/** All there is to know about a search; it stands in the address. */
export interface SearchPlace extends Partial<Record<FacetName, string[]>> {
  text?: string;
  /** The type of what is looked for; absent for all of them. */
  type?: string;
  after?: string;
}

/** Reads an address, whoever wrote it. What Backstage calls `query` is the text. */
export function readSearchPlace(raw: Record<string, unknown>): SearchPlace {
  const place: SearchPlace = {};
  const text = firstValueOf(raw.text) ?? firstValueOf(raw.query);
  const [type, after] = [raw.type, raw.after].map(firstValueOf);
  if (text?.trim()) place.text = text.trim().slice(0, longestText);
  if (type) place.type = type;
  for (const name of facetNames) {
    const values = valuesOf(raw[name]);
    if (values.length > 0) place[name] = values;
  }
  if (after) place.after = after;
  return place;
}

/** The same search with something changed, from its first page. */
export function changed(
  { after, ...place }: SearchPlace,
  change: { [Key in keyof SearchPlace]: SearchPlace[Key] | undefined },
): SearchPlace {
  return readSearchPlace({ ...place, ...change });
}

/** The same search with one value of a facet chosen, or chosen no more, from its first page. */
export function toggled(place: SearchPlace, facet: FacetName, value: string): SearchPlace {
  const values = place[facet] ?? [];
  const rest = values.filter((one) => one !== value);
  return changed(place, { [facet]: rest.length < values.length ? rest : [...values, value] });
}

/** The same words without what narrows them. */
export function widened({ text }: SearchPlace): SearchPlace {
  return readSearchPlace({ text });
}

/** How many choices narrow the results. */
export function countOfChoices(place: SearchPlace): number {
  return facetNames.reduce((sum, name) => sum + (place[name]?.length ?? 0), 0);
}

/** What makes a search: all but where one is in its results. */
export function withoutPage({ after, ...place }: SearchPlace): SearchPlace {
  return place;
}

/** Whether anything is looked for. */
export function isAsked(place: SearchPlace): boolean {
  return place.text !== undefined || place.type !== undefined || countOfChoices(place) > 0;
}

/** What the results are narrowed by, but for one facet when its values are counted. */
export function filtersOf(place: SearchPlace, except?: FacetName): FieldFilter[] {
  return facetNames.flatMap((name) => {
    const values = place[name];
    return values && name !== except ? [{ field: name, in: values }] : [];
  });
}
