// Written by `npm run codegen` from the public schema; do not edit.
import type { AccessRemedyKind, Decision, ExplainAccessInput, GrantVerdict, RoleSource } from "#lib/graphql/schema.generated.ts";
import type { GrantFieldsFragment } from "#features/permissions/roles/RoleFields.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type ExplanationQueryVariables = {
  input: ExplainAccessInput;
};

export type ExplanationQuery = {
  explainAccess: {
    decision: Decision;
    summary: string;
    subject: string;
    permission: string;
    resource: string | null;
    grants: Array<{
      role: string;
      source: RoleSource;
      via: string | null;
      held: boolean;
      verdict: GrantVerdict;
      reason: string;
      condition: unknown | null;
      grant: GrantFieldsFragment;
    }>;
    remedies: Array<{
      kind: AccessRemedyKind;
      description: string;
      role: string | null;
      permission: string | null;
      assign: string | null;
      viewerCanUpdate: boolean;
    }>;
  } | null;
};

export const ExplanationDocument = "query Explanation($input:ExplainAccessInput!){explainAccess(input:$input){decision summary subject permission resource grants{role source via held verdict reason condition grant{...GrantFields}}remedies{kind description role permission assign viewerCanUpdate}}} fragment GrantFields on Grant{id permission action effect when permissions}" as TypedDocument<ExplanationQuery, ExplanationQueryVariables>;
