// Written by `npm run codegen` from the public schema; do not edit.
import type { TypedDocument } from "#lib/graphql/document.ts";

export type PermissionNamesQueryVariables = Record<string, never>;

export type PermissionNamesQuery = {
  permissions: Array<{
    name: string;
    description: string;
    resourceType: string | null;
  }> | null;
};

export const PermissionNamesDocument = "query PermissionNames{permissions{name description resourceType}}" as TypedDocument<PermissionNamesQuery, PermissionNamesQueryVariables>;
