import { linkAddress } from "#lib/linkAddress.ts";

/** An address that somebody keeps. */
export interface KeptLink {
  title: string;
  address: string;
}

const most = 50;
const longestTitle = 100;

/** Reads what was kept; whatever else stands there, or leads nowhere, is left out. */
export function readLinks(stored: unknown): readonly KeptLink[] {
  if (!Array.isArray(stored)) return [];
  const links = stored.flatMap((one: unknown): KeptLink[] => {
    if (typeof one !== "object" || one === null) return [];
    const { title, address } = one as Record<string, unknown>;
    if (typeof title !== "string" || typeof address !== "string") return [];
    const safe = safeAddress(address);
    return title.trim() !== "" && safe !== undefined ? [{ title: title.slice(0, longestTitle), address: safe }] : [];
  });
  return links.slice(0, most);
}

/** An address that may be followed: elsewhere on the web, or a page of this portal; undefined for anything else. */
export function safeAddress(text: string): string | undefined {
  const address = text.trim();
  // `//host` and `/\host` lead elsewhere.
  if (/^\/(?![/\\])/.test(address)) return address;
  return linkAddress(address);
}
