import type { LucideIcon } from "lucide-react";
import { createElement } from "react";
import { type Feature, type NavigationEntry, navigationGroups } from "../feature.ts";
import { addressOf, paths, targetOf } from "../paths.ts";
import { readBrowser, writeBrowser } from "../settings/browserStore.ts";

/** As much as there is room for in any navigation. */
const most = 10;

function keyOf(module: string): string {
  return `callboard.module.${module}.navigation`;
}

/** Keeps which places a module has in the navigation, so that on the next visit nothing moves when it comes. */
export function rememberPlaces(module: string, { navigation = [] }: Feature) {
  const places = navigation
    .filter(({ permissions }) => !permissions)
    .slice(0, most)
    .map(({ title, target, group, order }) => ({ title: title(), address: addressOf(target), group, order }));
  writeBrowser(keyOf(module), places.length > 0 ? places : null);
}

/** Forgets them: a module that failed keeps no place. */
export function forgetPlaces(module: string) {
  writeBrowser(keyOf(module), null);
}

/** The places that a module had in the navigation when it was here last. */
export function rememberedPlaces(module: string): NavigationEntry[] {
  return readPlaces(module, readBrowser(keyOf(module)));
}

/** What was kept, whoever kept it: it leads to places of this module and nowhere else. */
export function readPlaces(module: string, stored: unknown): NavigationEntry[] {
  if (!Array.isArray(stored)) return [];
  const own = addressOf(paths.modulePage(module));
  return stored.slice(0, most).flatMap((one: unknown): NavigationEntry[] => {
    const { title, address, group, order } = (one ?? {}) as Record<string, unknown>;
    if (typeof title !== "string" || typeof address !== "string") return [];
    if (address !== own && !address.startsWith(`${own}/`)) return [];
    const known = navigationGroups.find((name) => name === group);
    return [
      {
        title: () => title,
        icon: Unknown as unknown as LucideIcon,
        target: targetOf(address),
        ...(known && { group: known }),
        ...(typeof order === "number" && { order }),
      },
    ];
  });
}

/** Holds the place of an icon that the module brings. */
function Unknown({ size }: { size?: number | string }) {
  return createElement("svg", { width: size, height: size, "aria-hidden": true });
}
