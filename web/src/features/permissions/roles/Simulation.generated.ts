// Written by `npm run codegen` from the public schema; do not edit.
import type { Decision, SimulateRolesInput } from "#lib/graphql/schema.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type SimulationQueryVariables = {
  input: SimulateRolesInput;
};

export type SimulationQuery = {
  simulateRoles: {
    totalCount: number;
    complete: boolean;
    changes: Array<{
      subject: string | null;
      everyone: boolean;
      permission: string;
      before: Decision;
      after: Decision;
      gained: number | null;
      lost: number | null;
    }>;
  } | null;
};

export const SimulationDocument = "query Simulation($input:SimulateRolesInput!){simulateRoles(input:$input){totalCount complete changes{subject everyone permission before after gained lost}}}" as TypedDocument<SimulationQuery, SimulationQueryVariables>;
