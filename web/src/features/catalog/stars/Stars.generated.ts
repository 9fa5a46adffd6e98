// Written by `npm run codegen` from the public schema; do not edit.
import type { StarEntityInput } from "#lib/graphql/schema.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type StarsQueryVariables = Record<string, never>;

export type StarsQuery = {
  viewer: {
    starred: Array<{
      ref: string;
    }> | null;
  } | null;
};

export const StarsDocument = "query Stars{viewer{starred{ref}}}" as TypedDocument<StarsQuery, StarsQueryVariables>;

export type StarEntityMutationVariables = {
  input: StarEntityInput;
};

export type StarEntityMutation = {
  starEntity: {
    entity: {
      ref: string;
    } | null;
  } | null;
};

export const StarEntityDocument = "mutation StarEntity($input:StarEntityInput!){starEntity(input:$input){entity{ref}}}" as TypedDocument<StarEntityMutation, StarEntityMutationVariables>;
