import { firstValueOf } from "#lib/urlSearch.ts";

/** What there is to inspect of an entity, in the order of the tabs. */
export const inspectParts = ["overview", "ancestry", "source", "colocated", "json", "yaml"] as const;

/** One of them; it stands in the address as `inspect`. */
export type InspectPart = (typeof inspectParts)[number];

/** Which part an address shows; none where nothing is inspected. */
export function readInspectPart(value: unknown): InspectPart | null {
  const name = firstValueOf(value);
  if (name === undefined) return null;
  // Whoever wrote nonsense meant to inspect something.
  return inspectParts.find((part) => part === name) ?? "overview";
}

/** The key that inspects the entity whose page is open. */
export const inspectKeys = "i";
