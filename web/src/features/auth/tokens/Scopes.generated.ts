// Written by `npm run codegen` from the public schema; do not edit.
import type { TypedDocument } from "#lib/graphql/document.ts";

export type ScopesQueryVariables = Record<string, never>;

export type ScopesQuery = {
  permissions: Array<{
    name: string;
    description: string;
  }> | null;
};

export const ScopesDocument = "query Scopes{permissions{name description}}" as TypedDocument<ScopesQuery, ScopesQueryVariables>;
