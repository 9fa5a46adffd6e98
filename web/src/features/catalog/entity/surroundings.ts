import { parseEntityRef } from "#lib/entityRef.ts";
import type { GraphDirection } from "#lib/graphql/schema.generated.ts";

/** What is asked for of what lies around an entity. */
export interface Surroundings {
  relations?: string[];
  kinds?: string[];
  direction: GraphDirection;
  depth: number;
  limit: number;
}

/** As deep as the server follows relations. */
const deepest = 20;

/** More than these are fetched when somebody asks for them. */
const mostInHierarchy = 120;

/** As many as can be read on a card, and as many parts of a system. */
const [mostOnCard, mostParts] = [9, 40];

/** Kinds whose place is one in a hierarchy: what makes it, of which kinds. */
const hierarchies: Partial<Record<string, { relations: string[]; kinds: string[] }>> = {
  group: { relations: ["childOf"], kinds: ["group"] },
  domain: { relations: ["partOf"], kinds: ["domain", "system"] },
};

/** The hierarchy that an entity of this kind has its place in, if there is one. */
export function hierarchyOfKind(kind: string): { relations: string[]; kinds: string[] } | undefined {
  return hierarchies[kind.toLowerCase()];
}

/** What lies around an entity, in the way its kind is drawn. */
export function surroundingsOf(reference: string): Surroundings {
  const kind = parseEntityRef(reference)?.kind ?? "";
  const hierarchy = hierarchyOfKind(kind);
  if (hierarchy) return { ...hierarchy, direction: "BOTH", depth: deepest, limit: mostInHierarchy };
  // The groups in whose name somebody owns things: their own and those above.
  if (kind === "user") {
    return { relations: ["memberOf", "childOf"], direction: "OUTGOING", depth: deepest, limit: mostInHierarchy };
  }
  // How the parts of a system work together.
  if (kind === "system") {
    const relations = ["partOf", "dependsOn", "providesApi", "consumesApi"];
    return { relations, kinds: ["component", "api", "resource"], direction: "BOTH", depth: 1, limit: mostParts };
  }
  return { direction: "BOTH", depth: 1, limit: mostOnCard };
}
