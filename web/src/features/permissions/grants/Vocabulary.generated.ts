// Written by `npm run codegen` from the public schema; do not edit.
import type { PermissionAction } from "#lib/graphql/schema.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type VocabularyQueryVariables = Record<string, never>;

export type VocabularyQuery = {
  permissions: Array<{
    name: string;
    description: string;
    action: PermissionAction;
    resourceType: string | null;
  }> | null;
  conditionRules: Array<{
    name: string;
    description: string;
    resourceType: string;
    params: unknown;
  }> | null;
};

export const VocabularyDocument = "query Vocabulary{permissions{name description action resourceType}conditionRules{name description resourceType params}}" as TypedDocument<VocabularyQuery, VocabularyQueryVariables>;
