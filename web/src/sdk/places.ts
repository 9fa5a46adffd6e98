import { addressOf, paths, type Target, targetOf } from "#kit/paths.ts";
import { linkAddress } from "#lib/linkAddress.ts";

/** The addresses of the portal's own places, so that no module has to know how they are written. */
export const places = {
  home: () => addressOf(paths.home()),
  catalog: (search: Readonly<Record<string, unknown>> = {}) => addressOf(paths.catalog(search)),
  entity: (reference: string, tab?: string) => addressOf(paths.entity(reference, tab)),
  graph: (...references: string[]) => addressOf(paths.graph({ root: references })),
  settings: (panel?: string) => addressOf(paths.settings(panel)),
  signIn: () => addressOf(paths.signIn(window.location.pathname + window.location.search)),
};

/** Where an address of a module leads: to a place here, out of the portal, or nowhere that is safe. */
export function readAddress(address: string): { target: Target } | { href: string } | null {
  if (/^\/(?![/\\])/.test(address)) return { target: targetOf(address) };
  const href = linkAddress(address);
  return href === undefined ? null : { href };
}
