import { at, entriesAt, isRecord, type Json, listAt, textAt, textsAt } from "../json/access.ts";
import { nameOf, type Resolved, referenceOf, resolve } from "../json/reference.ts";

/** One property, with its schema still to be looked at. */
export interface Property {
  name: string;
  schema: unknown;
  isRequired: boolean;
}

/** One way of several that a value may take. */
interface Variants {
  word: "oneOf" | "anyOf" | "not";
  schemas: unknown[];
}

/** What is said of a value, one level deep. */
export interface Shape {
  /** E.g. `string`, `Pet[]`, `integer or null`. */
  type: string;
  /** The name under which the definition keeps it. */
  name?: string;
  problem?: NonNullable<Resolved["problem"]>;
  description?: string;
  /** What narrows it, e.g. `≥ 1`, `date-time`. */
  limits: string[];
  /** The values it may have. */
  values: string[];
  /** Its default, and examples of it, as they are written. */
  fallback?: string;
  examples: string[];
  isDeprecated: boolean;
  access?: "readOnly" | "writeOnly";
  properties: Property[];
  variants: Variants[];
}

/** A schema of a real document has far fewer parts that it is all of. */
const mostParts = 100;
const mostValues = 200;

/** Looks at a schema one level deep: what is below is looked at when somebody opens it, so that cycles cost nothing. */
export function shapeOf(document: unknown, schema: unknown): Shape {
  const resolved = resolve(document, schema);
  const base: Shape = {
    type: "",
    limits: [],
    values: [],
    examples: [],
    isDeprecated: false,
    properties: [],
    variants: [],
  };
  if (resolved.name !== undefined) base.name = resolved.name;
  if (resolved.problem) return { ...base, type: resolved.name ?? "", problem: resolved.problem };
  const { value } = resolved;
  if (value === true || value === undefined) return { ...base, type: "any" };
  if (value === false) return { ...base, type: "nothing" };
  const parts = allParts(document, value);
  const list = itemsOf(parts);
  const inner = list ? shapeOfItems(document, list, parts) : undefined;
  // What stands beside a reference says more of it.
  const own = isRecord(schema) && referenceOf(schema) !== undefined ? [schema] : [];
  const first = <T>(read: (part: Json) => T | undefined) =>
    [...own, ...parts].map(read).find((one) => one !== undefined);
  const description = first((part) => textAt(part, "description") ?? textAt(part, "title"));
  const fallback = first((part) => (Object.hasOwn(part, "default") ? written(part.default) : undefined));
  const access = first((part) =>
    part.readOnly === true ? "readOnly" : part.writeOnly === true ? "writeOnly" : undefined,
  );
  return {
    ...base,
    type: typeOf(parts),
    ...(description !== undefined && { description }),
    limits: parts.flatMap(limitsOf),
    values: parts.flatMap(valuesOf).slice(0, mostValues),
    ...(fallback !== undefined && { fallback }),
    examples: parts.flatMap(examplesOf).slice(0, 5),
    isDeprecated: [...own, ...parts].some((part) => part.deprecated === true),
    ...(access && { access }),
    properties: inner ? inner.properties : propertiesOf(parts),
    variants: inner ? inner.variants : variantsOf(parts),
  };
}

/** The schema of the items, where it is a list; of the innermost ones for a list of lists. */
function shapeOfItems(document: unknown, items: unknown, parts: Json[]): Pick<Shape, "properties" | "variants"> {
  let current = items;
  for (let depth = 0; depth < 5; depth++) {
    const inner = allParts(document, resolve(document, current).value);
    const next = itemsOf(inner);
    if (next === undefined)
      return { properties: propertiesOf(inner), variants: [...variantsOf(parts), ...variantsOf(inner)] };
    current = next;
  }
  return { properties: [], variants: [] };
}

/** The schema and all that it is all of. */
function allParts(document: unknown, schema: unknown): Json[] {
  const parts: Json[] = [];
  const seen = new Set<unknown>();
  const waiting = [schema];
  while (waiting.length > 0 && parts.length < mostParts) {
    const part = waiting.shift();
    if (!isRecord(part) || seen.has(part)) continue;
    seen.add(part);
    parts.push(part);
    for (const inner of listAt(part, "allOf")) waiting.push(resolve(document, inner).value);
  }
  return parts;
}

function itemsOf(parts: Json[]): unknown {
  return parts
    .map((part) => at(part, "items"))
    .find((items) => items !== undefined && items !== false && !Array.isArray(items));
}

function propertiesOf(parts: Json[]): Property[] {
  const required = new Set(parts.flatMap((part) => textsAt(part, "required")));
  const found = new Map<string, unknown>();
  for (const part of parts) {
    for (const [name, schema] of entriesAt(part, "properties")) if (!found.has(name)) found.set(name, schema);
    for (const [name, schema] of entriesAt(part, "patternProperties")) found.set(`/${name}/`, schema);
    const others = at(part, "additionalProperties");
    if (isRecord(others)) found.set("*", others);
  }
  return [...found].map(([name, schema]) => ({ name, schema, isRequired: required.has(name) }));
}

function variantsOf(parts: Json[]): Variants[] {
  return (["oneOf", "anyOf", "not"] as const).flatMap((word) => {
    const schemas = parts.flatMap((part) => (word === "not" ? (at(part, word) ?? []) : listAt(part, word)));
    // "Or null" is said by the type.
    const shown = schemas.filter((schema) => at(schema, "type") !== "null");
    return shown.length > (word === "not" ? 0 : 1) || (word !== "not" && shown.length === 1)
      ? [{ word, schemas: shown }]
      : [];
  });
}

function typeOf(parts: Json[]): string {
  const types = new Set(parts.flatMap((part) => (typeof part.type === "string" ? [part.type] : textsAt(part, "type"))));
  const alternatives = parts.flatMap((part) => [...listAt(part, "oneOf"), ...listAt(part, "anyOf")]);
  const isNullable =
    types.delete("null") ||
    parts.some((part) => part.nullable === true) ||
    alternatives.some((schema) => at(schema, "type") === "null");
  const items = itemsOf(parts);
  if (items !== undefined) {
    types.delete("array");
    types.add(`${itemName(items)}[]`);
  }
  if (types.size === 0 && parts.some((part) => isRecord(part.properties))) types.add("object");
  if (types.size === 0 && parts.some((part) => Array.isArray(part.enum))) types.add("enum");
  const name = [...types].join(" or ");
  if (name === "") return alternatives.length > 0 ? (isNullable ? "any of or null" : "any of") : "any";
  return isNullable ? `${name} or null` : name;
}

function itemName(items: unknown): string {
  const reference = referenceOf(items);
  if (reference !== undefined) return nameOf(reference);
  const nested = at(items, "items");
  if (nested !== undefined && isRecord(nested))
    return `${nameOf(referenceOf(nested) ?? textAt(nested, "type") ?? "any")}[]`;
  return textAt(items, "type") ?? (isRecord(at(items, "properties")) ? "object" : "any");
}

const bounds: readonly [string, (value: string) => string][] = [
  ["format", (value) => value],
  ["minimum", (value) => `≥ ${value}`],
  ["maximum", (value) => `≤ ${value}`],
  ["multipleOf", (value) => `× ${value}`],
  ["pattern", (value) => `/${value}/`],
  ["contentMediaType", (value) => value],
];

const sizes: readonly [string, string, string][] = [
  ["minLength", "maxLength", "length"],
  ["minItems", "maxItems", "items"],
  ["minProperties", "maxProperties", "properties"],
];

function limitsOf(part: Json): string[] {
  const limits = bounds.flatMap(([key, write]) => {
    const value = textAt(part, key);
    return value === undefined ? [] : [write(value)];
  });
  // A number where it was a flag in older versions.
  for (const [key, sign] of [
    ["exclusiveMinimum", ">"],
    ["exclusiveMaximum", "<"],
  ] as const) {
    if (typeof part[key] === "number") limits.push(`${sign} ${part[key]}`);
  }
  for (const [least, greatest, what] of sizes) {
    const [from, to] = [textAt(part, least), textAt(part, greatest)];
    if (from !== undefined && to !== undefined) limits.push(`${what} ${from}–${to}`);
    else if (from !== undefined) limits.push(`${what} ≥ ${from}`);
    else if (to !== undefined) limits.push(`${what} ≤ ${to}`);
  }
  if (part.uniqueItems === true) limits.push("unique");
  return limits;
}

function valuesOf(part: Json): string[] {
  const values = Object.hasOwn(part, "const") ? [part.const] : listAt(part, "enum");
  return values.slice(0, mostValues).map(written);
}

function examplesOf(part: Json): string[] {
  const examples = Array.isArray(part.examples) ? part.examples : Object.hasOwn(part, "example") ? [part.example] : [];
  return examples.slice(0, 5).map(written);
}

/** A value on one line, and not a long one. */
function written(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
