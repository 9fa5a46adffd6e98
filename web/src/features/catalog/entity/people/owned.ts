import { kindNames } from "#kit/entity/kinds.ts";
import type { OwnedKindsFragment, OwnedTypesFragment } from "./People.generated.ts";

/** How many of a kind, and of which types. */
export interface OwnedKind {
  kind: string;
  count: number;
  types: { value: string; count: number }[];
}

/** What is owned, as the server counts it. */
export interface Owned {
  owned: OwnedKindsFragment;
  ownedComponents?: OwnedTypesFragment | null;
  ownedApis?: OwnedTypesFragment | null;
  ownedResources?: OwnedTypesFragment | null;
  ownedTemplates?: OwnedTypesFragment | null;
  ownedAiResources?: OwnedTypesFragment | null;
}

/** What is owned, by kind and type, the kinds in the order they have everywhere. */
export function ownedByKind(counts: Owned): OwnedKind[] {
  const types: Partial<Record<string, OwnedTypesFragment | null | undefined>> = {
    component: counts.ownedComponents,
    api: counts.ownedApis,
    resource: counts.ownedResources,
    template: counts.ownedTemplates,
    airesource: counts.ownedAiResources,
  };
  const rank = (kind: string) => (kindNames.includes(kind) ? kindNames.indexOf(kind) : kindNames.length);
  return (counts.owned.facets[0]?.values ?? [])
    .map(({ value, count }) => ({
      kind: value.toLowerCase(),
      count,
      types: types[value.toLowerCase()]?.facets[0]?.values ?? [],
    }))
    .toSorted((one, other) => rank(one.kind) - rank(other.kind) || one.kind.localeCompare(other.kind));
}
