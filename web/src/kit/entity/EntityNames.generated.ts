// Written by `npm run codegen` from the public schema; do not edit.
import type { EntityChipFragment } from "#kit/entity/EntityChip.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type EntityNamesQueryVariables = {
  refs: Array<string>;
};

export type EntityNamesQuery = {
  entitiesByRef: Array<EntityChipFragment | null> | null;
};

export const EntityNamesDocument = "query EntityNames($refs:[EntityRef!]!){entitiesByRef(refs:$refs){...EntityChip}} fragment EntityChip on Entity{ref kind displayName}" as TypedDocument<EntityNamesQuery, EntityNamesQueryVariables>;
