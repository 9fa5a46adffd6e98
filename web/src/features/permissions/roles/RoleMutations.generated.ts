// Written by `npm run codegen` from the public schema; do not edit.
import type { CreateRoleInput, DeleteRoleInput, UpdateRoleInput } from "#lib/graphql/schema.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type CreateRoleMutationVariables = {
  input: CreateRoleInput;
};

export type CreateRoleMutation = {
  createRole: {
    role: {
      name: string;
    };
  } | null;
};

export const CreateRoleDocument = "mutation CreateRole($input:CreateRoleInput!){createRole(input:$input){role{name}}}" as TypedDocument<CreateRoleMutation, CreateRoleMutationVariables>;

export type UpdateRoleMutationVariables = {
  input: UpdateRoleInput;
};

export type UpdateRoleMutation = {
  updateRole: {
    role: {
      name: string;
    };
  } | null;
};

export const UpdateRoleDocument = "mutation UpdateRole($input:UpdateRoleInput!){updateRole(input:$input){role{name}}}" as TypedDocument<UpdateRoleMutation, UpdateRoleMutationVariables>;

export type DeleteRoleMutationVariables = {
  input: DeleteRoleInput;
};

export type DeleteRoleMutation = {
  deleteRole: {
    deletedName: string;
  } | null;
};

export const DeleteRoleDocument = "mutation DeleteRole($input:DeleteRoleInput!){deleteRole(input:$input){deletedName}}" as TypedDocument<DeleteRoleMutation, DeleteRoleMutationVariables>;
