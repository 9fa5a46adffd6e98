import { readSearchPlace, type SearchPlace, withoutPage } from "../page/searchPlace.ts";

/** A search that somebody named. */
export interface KeptSearch {
  name: string;
  place: SearchPlace;
}

/** How many somebody may have. */
export const mostKept = 50;

/** How long a name may be. */
export const longestName = 100;

const mostRecent = 10;

/** Reads what was kept; whatever else stands there is left out. */
export function readKept(stored: unknown): readonly KeptSearch[] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap(keptOf).slice(0, mostKept);
}

function keptOf(one: unknown): KeptSearch[] {
  if (typeof one !== "object" || one === null) return [];
  const { name, place } = one as Record<string, unknown>;
  if (typeof name !== "string" || name.trim() === "" || typeof place !== "object" || place === null) return [];
  return [{ name: name.slice(0, longestName), place: withoutPage(readSearchPlace(place as Record<string, unknown>)) }];
}

/** The searches with one more, by name, in place of one that has its name. */
export function withKept(kept: readonly KeptSearch[], name: string, place: SearchPlace): readonly KeptSearch[] {
  const search = { name, place: withoutPage(place) };
  return [...withoutKept(kept, name), search].sort((one, other) => one.name.localeCompare(other.name));
}

/** The searches without one. */
export function withoutKept(kept: readonly KeptSearch[], name: string): readonly KeptSearch[] {
  return kept.filter((one) => one.name.toLowerCase() !== name.toLowerCase());
}

/** Reads the texts that were looked for. */
export function readRecent(stored: unknown): readonly string[] {
  if (!Array.isArray(stored)) return [];
  return stored.filter((one): one is string => typeof one === "string" && one.trim() !== "").slice(0, mostRecent);
}

/** The texts with one at their start; what one typed on the way to it is not kept beside it. */
export function withRecent(recent: readonly string[], text: string): readonly string[] {
  const [last] = recent;
  if (last === text) return recent;
  const others = recent.filter((one) => one !== text && !(one === last && text.startsWith(one)));
  return [text, ...others].slice(0, mostRecent);
}
