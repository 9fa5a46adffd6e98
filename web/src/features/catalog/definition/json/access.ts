/** An object of a document: anybody's, so that only what is its own counts. */
export type Json = Record<string, unknown>;

/** The value as an object; an empty one for anything else. */
export function record(value: unknown): Json {
  return isRecord(value) ? value : {};
}

/** Whether it is an object, not a list. */
export function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What stands below these keys; undefined where there is nothing. */
export function at(value: unknown, ...keys: string[]): unknown {
  let current = value;
  for (const key of keys) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Json)[key];
  }
  return current;
}

/** The text below these keys; undefined where there is none. */
export function textAt(value: unknown, ...keys: string[]): string | undefined {
  const found = at(value, ...keys);
  if (typeof found === "string") return found.trim() === "" ? undefined : found;
  return typeof found === "number" ? String(found) : undefined;
}

/** The list below these keys; an empty one where there is none. */
export function listAt(value: unknown, ...keys: string[]): unknown[] {
  const found = at(value, ...keys);
  return Array.isArray(found) ? found : [];
}

/** Names and values below these keys. */
export function entriesAt(value: unknown, ...keys: string[]): [string, unknown][] {
  return Object.entries(record(at(value, ...keys)));
}

/** The texts in the list below these keys. */
export function textsAt(value: unknown, ...keys: string[]): string[] {
  return listAt(value, ...keys).filter((one): one is string => typeof one === "string");
}
