import type { AnyRoute } from "@tanstack/react-router";
import type { Feature } from "#kit/feature.ts";

const owners = new WeakMap<AnyRoute, string>();

/** The pages of all features; one that cannot say which it has is left out, and the others stay. */
export function pluginPages(
  features: readonly Feature[],
  read: (feature: Feature) => AnyRoute[] | undefined,
): AnyRoute[] {
  return features.flatMap((feature) => {
    try {
      const routes = read(feature) ?? [];
      for (const route of routes) owners.set(route, feature.id);
      return routes;
    } catch (error) {
      reportError(error);
      return [];
    }
  });
}

/** The id of the plugin that a page is of, to say so where it breaks. */
export function ownerOf(route: AnyRoute | undefined): string | undefined {
  return route && owners.get(route);
}
