// Written by `npm run codegen` from the public schema; do not edit.
import type { TypedDocument } from "#lib/graphql/document.ts";

export type EntitySourceQueryVariables = {
  ref: string;
};

export type EntitySourceQuery = {
  entity: {
    apiVersion: string;
    kind: string;
    metadata: unknown;
    spec: unknown | null;
  } | null;
};

export const EntitySourceDocument = "query EntitySource($ref:EntityRef!){entity(ref:$ref){apiVersion kind metadata spec}}" as TypedDocument<EntitySourceQuery, EntitySourceQueryVariables>;
