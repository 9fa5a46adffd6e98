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

const inverses: Partial<Record<string, RelationType>> = {
  ownedBy: "ownerOf",
  partOf: "hasPart",
  providesApi: "apiProvidedBy",
  consumesApi: "apiConsumedBy",
  dependsOn: "dependencyOf",
  childOf: "parentOf",
  memberOf: "hasMember",
};

/** The words for a relation as its target sees it; a type of someone's own is turned around. */
export function inverseTitle(type: string): string {
  const inverse = inverses[type];
  return inverse ? t(inverse) : `← ${type}`;
}

/** The words for a relation type; a type of someone's own stands as it is. */
export function relationTitle(type: string): string {
  return Object.hasOwn(english, type) ? t(type as RelationType) : type;
}
