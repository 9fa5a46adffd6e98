// Written by `npm run codegen` from the public schema; do not edit.
import type { RelationTargetsFragment } from "#features/catalog/entity/EntityPage.generated.ts";

export type RelationCardsFragment = {
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
};
