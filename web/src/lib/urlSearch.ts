/** The part of an address after `?`, each key with its value or values. */
export type UrlSearch = Record<string, string | string[]>;

/** Reads `?a=1&b=2&b=3`; never fails. */
export function parseUrlSearch(text: string): UrlSearch {
  const search: UrlSearch = {};
  for (const [key, value] of new URLSearchParams(text)) {
    const existing = search[key];
    if (existing === undefined) search[key] = value;
    else search[key] = Array.isArray(existing) ? [...existing, value] : [existing, value];
  }
  return search;
}

/** Writes what `parseUrlSearch` reads, leaving out what is empty and keeping references readable. */
export function formatUrlSearch(search: Record<string, unknown>): string {
  const pairs = Object.entries(search).flatMap(([key, value]) => {
    const values = Array.isArray(value) ? value : [value];
    return values
      .filter((one) => one !== undefined && one !== null && one !== "")
      .map((one) => `${encode(key)}=${encode(String(one))}`);
  });
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

/** All values of a key. */
export function valuesOf(value: unknown): string[] {
  const values = Array.isArray(value) ? value : [value];
  return [...new Set(values.filter((one): one is string => typeof one === "string" && one !== ""))];
}

/** The one value of a key; the first if there are several. */
export function firstValueOf(value: unknown): string | undefined {
  return valuesOf(value)[0];
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/%(3A|2F|2C|40)/gi, decodeURIComponent);
}
