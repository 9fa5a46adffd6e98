// Written by `npm run codegen` from the public schema; do not edit.
import type { TypedDocument } from "#lib/graphql/document.ts";

export type ApiDefinitionQueryVariables = {
  ref: string;
};

export type ApiDefinitionQuery = {
  entity: {
    type: string | null;
    definition?: string | null;
  } | null;
};

export const ApiDefinitionDocument = "query ApiDefinition($ref:EntityRef!){entity(ref:$ref){type ...on API{definition}}}" as TypedDocument<ApiDefinitionQuery, ApiDefinitionQueryVariables>;
