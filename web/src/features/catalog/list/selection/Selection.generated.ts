// Written by `npm run codegen` from the public schema; do not edit.
import type { TypedDocument } from "#lib/graphql/document.ts";

export type SelectionPowersQueryVariables = {
  refs: Array<string>;
};

export type SelectionPowersQuery = {
  entitiesByRef: Array<{
    ref: string;
    orphan: boolean;
    mayRefresh: boolean | null;
    mayDelete: boolean | null;
  } | null> | null;
};

export const SelectionPowersDocument = "query SelectionPowers($refs:[EntityRef!]!){entitiesByRef(refs:$refs){ref orphan mayRefresh:viewerCan(permission:\"catalog.entity.refresh\")mayDelete:viewerCan(permission:\"catalog.entity.delete\")}}" as TypedDocument<SelectionPowersQuery, SelectionPowersQueryVariables>;
