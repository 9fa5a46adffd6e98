// Written by `npm run codegen` from the public schema; do not edit.
import type { DeleteEntityInput, RefreshEntityInput } from "#lib/graphql/schema.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type RefreshEntityMutationVariables = {
  input: RefreshEntityInput;
};

export type RefreshEntityMutation = {
  refreshEntity: {
    entity: {
      ref: string;
      ingestion: {
        stale: boolean;
        error: string | null;
      };
    } | null;
  } | null;
};

export const RefreshEntityDocument = "mutation RefreshEntity($input:RefreshEntityInput!){refreshEntity(input:$input){entity{ref ingestion{stale error}}}}" as TypedDocument<RefreshEntityMutation, RefreshEntityMutationVariables>;

export type DeleteEntityMutationVariables = {
  input: DeleteEntityInput;
};

export type DeleteEntityMutation = {
  deleteEntity: {
    deletedRef: string;
    emittedBy: Array<{
      target: string;
    }>;
  } | null;
};

export const DeleteEntityDocument = "mutation DeleteEntity($input:DeleteEntityInput!){deleteEntity(input:$input){deletedRef emittedBy{target}}}" as TypedDocument<DeleteEntityMutation, DeleteEntityMutationVariables>;
