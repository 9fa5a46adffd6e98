// Written by `npm run codegen` from the public schema; do not edit.
import type { ImportRolesInput, ImportSource } from "#lib/graphql/schema.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type RoleImportRightsQueryVariables = Record<string, never>;

export type RoleImportRightsQuery = {
  viewerCanImportRoles: boolean;
};

export const RoleImportRightsDocument = "query RoleImportRights{viewerCanImportRoles}" as TypedDocument<RoleImportRightsQuery, RoleImportRightsQueryVariables>;

export type RoleExportQueryVariables = Record<string, never>;

export type RoleExportQuery = {
  exportRoles: {
    csv: string;
    conditions: string;
  } | null;
};

export const RoleExportDocument = "query RoleExport{exportRoles{csv conditions}}" as TypedDocument<RoleExportQuery, RoleExportQueryVariables>;

export type ImportRolesMutationVariables = {
  input: ImportRolesInput;
};

export type ImportRolesMutation = {
  importRoles: {
    created: Array<string>;
    updated: Array<string>;
    roles: Array<{
      name: string;
      members: Array<string>;
      grants: Array<{
        id: string;
      }>;
    }>;
    problems: Array<{
      source: ImportSource;
      line: number;
      message: string;
    }>;
  } | null;
};

export const ImportRolesDocument = "mutation ImportRoles($input:ImportRolesInput!){importRoles(input:$input){created updated roles{name members grants{id}}problems{source line message}}}" as TypedDocument<ImportRolesMutation, ImportRolesMutationVariables>;
