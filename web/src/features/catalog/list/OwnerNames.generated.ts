// Written by `npm run codegen` from the public schema; do not edit.
import type { TypedDocument } from "#lib/graphql/document.ts";

export type OwnerNamesQueryVariables = {
  refs: Array<string>;
};

export type OwnerNamesQuery = {
  entitiesByRef: Array<{
    ref: string;
    displayName: string;
  } | null> | null;
};

export const OwnerNamesDocument = "query OwnerNames($refs:[EntityRef!]!){entitiesByRef(refs:$refs){ref displayName}}" as TypedDocument<OwnerNamesQuery, OwnerNamesQueryVariables>;
