import { at, isRecord } from "./access.ts";

/** Where a chain of references ends. */
export interface Resolved {
  value: unknown;
  /** The last name on the way, e.g. `Pet` of `#/components/schemas/Pet`. */
  name?: string;
  /** The references followed, which tell a cycle. */
  pointer?: string;
  /** Why there is no value. */
  problem?: "elsewhere" | "missing" | "cycle";
}

const longestChain = 20;

/**
 * Follows `$ref`, within the document alone: what it says of other documents is shown, and never fetched, for a
 * definition is anybody's and would choose where the reader's browser goes.
 */
export function resolve(document: unknown, node: unknown): Resolved {
  let value = node;
  let pointer: string | undefined;
  for (let step = 0; step < longestChain; step++) {
    const reference = referenceOf(value);
    if (reference === undefined) return { value, ...(pointer !== undefined && named(pointer)) };
    if (!reference.startsWith("#")) return { value: undefined, ...named(reference), problem: "elsewhere" };
    const target = lookUp(document, reference);
    if (target === undefined) return { value: undefined, ...named(reference), problem: "missing" };
    pointer = reference;
    value = target;
  }
  return { value: undefined, ...(pointer !== undefined && named(pointer)), problem: "cycle" };
}

/** The reference that stands in place of a value. */
export function referenceOf(value: unknown): string | undefined {
  const reference = isRecord(value) ? at(value, "$ref") : undefined;
  return typeof reference === "string" ? reference : undefined;
}

/** The last part of a reference. */
export function nameOf(reference: string): string {
  return decode(reference.split("/").at(-1) ?? reference);
}

function named(pointer: string): Pick<Resolved, "name" | "pointer"> {
  return { name: nameOf(pointer), pointer };
}

function lookUp(document: unknown, reference: string): unknown {
  const path = reference.slice(1);
  if (path === "") return document;
  if (!path.startsWith("/")) return undefined;
  return at(document, ...path.slice(1).split("/").map(decode));
}

function decode(part: string): string {
  let text = part;
  try {
    text = decodeURIComponent(part);
  } catch {
    // Not encoded, then.
  }
  return text.replaceAll("~1", "/").replaceAll("~0", "~");
}
