// Written by `npm run codegen` from the public schema; do not edit.
import type { TypedDocument } from "#lib/graphql/document.ts";

export type ApiDefinitionQueryVariables = {
  ref: string;
};

export type ApiDefinitionQuery = {
  entity: {
    name: string;
    type: string | null;
    viewUrl: string | null;
    definition?: string | null;
    remotes?: Array<{
      type: string;
      url: string;
    }>;
  } | null;
};

export const ApiDefinitionDocument = "query ApiDefinition($ref:EntityRef!){entity(ref:$ref){name type viewUrl ...on API{definition remotes{type url}}}}" as TypedDocument<ApiDefinitionQuery, ApiDefinitionQueryVariables>;
