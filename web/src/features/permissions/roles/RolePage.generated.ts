// Written by `npm run codegen` from the public schema; do not edit.
import type { RoleFieldsFragment } from "#features/permissions/roles/RoleFields.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type RolePageQueryVariables = {
  name: string;
};

export type RolePageQuery = {
  role: RoleFieldsFragment | null;
};

export const RolePageDocument = "query RolePage($name:String!){role(name:$name){...RoleFields}} fragment RoleFields on Role{name description owner members everyone source revision viewerCanUpdate viewerCanDelete grants{...GrantFields}} fragment GrantFields on Grant{id permission action effect when permissions}" as TypedDocument<RolePageQuery, RolePageQueryVariables>;
