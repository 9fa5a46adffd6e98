// Written by `npm run codegen` from the public schema; do not edit.
import type { RelationTargetsFragment } from "#features/catalog/entity/EntityPage.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type RelationCardsQueryVariables = {
  ref: string;
  first: number;
};

export type RelationCardsQuery = {
  entity: {
    hasPart: RelationTargetsFragment;
    providesApi: RelationTargetsFragment;
    consumesApi: RelationTargetsFragment;
    apiProvidedBy: RelationTargetsFragment;
    apiConsumedBy: RelationTargetsFragment;
    dependsOn: RelationTargetsFragment;
    dependencyOf: RelationTargetsFragment;
    hasMember: RelationTargetsFragment;
    memberOf: RelationTargetsFragment;
    parentOf: RelationTargetsFragment;
    childOf: RelationTargetsFragment;
    ownerOf: RelationTargetsFragment;
  } | null;
};

export const RelationCardsDocument = "query RelationCards($ref:EntityRef!$first:Int!){entity(ref:$ref){hasPart:relations(type:[\"hasPart\"]first:$first){...RelationTargets}providesApi:relations(type:[\"providesApi\"]first:$first){...RelationTargets}consumesApi:relations(type:[\"consumesApi\"]first:$first){...RelationTargets}apiProvidedBy:relations(type:[\"apiProvidedBy\"]first:$first){...RelationTargets}apiConsumedBy:relations(type:[\"apiConsumedBy\"]first:$first){...RelationTargets}dependsOn:relations(type:[\"dependsOn\"]first:$first){...RelationTargets}dependencyOf:relations(type:[\"dependencyOf\"]first:$first){...RelationTargets}hasMember:relations(type:[\"hasMember\"]first:$first){...RelationTargets}memberOf:relations(type:[\"memberOf\"]first:$first){...RelationTargets}parentOf:relations(type:[\"parentOf\"]first:$first){...RelationTargets}childOf:relations(type:[\"childOf\"]first:$first){...RelationTargets}ownerOf:relations(type:[\"ownerOf\"]first:$first){...RelationTargets}}} fragment RelationTargets on RelationConnection{totalCount nodes{type targetRef target{...EntityChip type lifecycle}}} fragment EntityChip on Entity{ref kind displayName}" as TypedDocument<RelationCardsQuery, RelationCardsQueryVariables>;
