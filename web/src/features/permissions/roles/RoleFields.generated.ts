// Written by `npm run codegen` from the public schema; do not edit.
import type { Effect, PermissionAction, RoleSource } from "#lib/graphql/schema.generated.ts";

export type RoleFieldsFragment = {
  name: string;
  description: string | null;
  owner: string | null;
  members: Array<string>;
  everyone: boolean;
  source: RoleSource;
  revision: string;
  viewerCanUpdate: boolean;
  viewerCanDelete: boolean;
  grants: Array<GrantFieldsFragment>;
};

export type GrantFieldsFragment = {
  id: string;
  permission: string;
  action: PermissionAction | null;
  effect: Effect;
  when: unknown | null;
  permissions: Array<string>;
};
