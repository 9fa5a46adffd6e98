import { linkAddress } from "#lib/linkAddress.ts";

/** An address that somebody keeps. */
export interface KeptLink {
  title: string;
  address: string;
}

/** How many somebody may have. */
export const mostLinks = 50;

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
  return links.slice(0, mostLinks);
}

/** The links with one more, at its place or at the end; as they are where it is there, or where they are all there may be. */
export function withLink(links: readonly KeptLink[], link: KeptLink, at = links.length): readonly KeptLink[] {
  if (links.length >= mostLinks || links.some((one) => isSame(one, link))) return links;
  return [...links.slice(0, at), link, ...links.slice(at)];
}

/** The links without one. */
export function withoutLink(links: readonly KeptLink[], link: KeptLink): readonly KeptLink[] {
  return links.filter((one) => !isSame(one, link));
}

function isSame(one: KeptLink, other: KeptLink): boolean {
  return one.title === other.title && one.address === other.address;
}

/** An address that may be followed: elsewhere on the web, or a page of this portal; undefined for anything else. */
export function safeAddress(text: string): string | undefined {
  const address = text.trim();
  // `//host` and `/\host` lead elsewhere.
  if (/^\/(?![/\\])/.test(address)) return address;
  return linkAddress(address);
}
