// Written by `npm run codegen` from the public schema; do not edit.
import type { TypedDocument } from "#lib/graphql/document.ts";

export type SdkPermissionQueryVariables = {
  permission: string;
  resource?: string | null | undefined;
};

export type SdkPermissionQuery = {
  viewer: {
    can: boolean | null;
  } | null;
};

export const SdkPermissionDocument = "query SdkPermission($permission:String!$resource:EntityRef){viewer{can(permission:$permission resource:$resource)}}" as TypedDocument<SdkPermissionQuery, SdkPermissionQueryVariables>;
