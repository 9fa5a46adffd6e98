import { defineMessages } from "#lib/i18n/messages.ts";

const english = {
  hasPart: "Contains",
  partOf: "Part of",
  providesApi: "Provides APIs",
  consumesApi: "Consumes APIs",
  apiProvidedBy: "Provided by",
  apiConsumedBy: "Consumed by",
  dependsOn: "Depends on",
  dependencyOf: "Needed by",
  hasMember: "Members",
  memberOf: "Member of",
  parentOf: "Subgroups",
  childOf: "Parent group",
  ownerOf: "Owns",
  ownedBy: "Owned by",
} as const;

const t = defineMessages("relation", english);

/** A relation type the catalog knows. */
export type RelationType = keyof typeof english;

/** Every known type, in the order a reader cares for. */
export const relationTypes = Object.keys(english) as RelationType[];

/** What a relation is called from its other end, by the name under which a graph draws it. */
const inverses = {
  dependsOn: "dependencyOf",
  providesApi: "apiProvidedBy",
  consumesApi: "apiConsumedBy",
  partOf: "hasPart",
  ownedBy: "ownerOf",
  memberOf: "hasMember",
  childOf: "parentOf",
} satisfies Partial<Record<RelationType, RelationType>>;

/** The types that a graph draws: of two names of one relation the first. */
export const drawnTypes = Object.keys(inverses) as (keyof typeof inverses)[];

/** The name of a relation from its other end; none for a type of someone's own. */
export function inverseType(type: string): RelationType | undefined {
  return Object.hasOwn(inverses, type) ? inverses[type as keyof typeof inverses] : undefined;
}

/** The name under which a graph draws a relation, whichever of its names is given, in whatever case. */
export function drawnType(name: string): string {
  const isMeant = (known: string) => known.toLowerCase() === name.toLowerCase();
  return drawnTypes.find((type) => isMeant(type) || isMeant(inverses[type])) ?? name;
}

/** The words for a relation as its target sees it; a type of someone's own is turned around. */
export function inverseTitle(type: string): string {
  const inverse = inverseType(type);
  return inverse ? t(inverse) : `← ${type}`;
}

/** The words for a relation type; a type of someone's own stands as it is. */
export function relationTitle(type: string): string {
  return Object.hasOwn(english, type) ? t(type as RelationType) : type;
}
