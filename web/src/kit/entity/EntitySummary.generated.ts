// Written by `npm run codegen` from the public schema; do not edit.
import type { EntityChipFragment } from "#kit/entity/EntityChip.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type EntitySummaryQueryVariables = {
  ref: string;
};

export type EntitySummaryQuery = {
  entity: EntityChipFragment & {
    description: string | null;
    type: string | null;
    lifecycle: string | null;
    owner: EntityChipFragment | null;
  } | null;
};

export const EntitySummaryDocument = "query EntitySummary($ref:EntityRef!){entity(ref:$ref){...EntityChip description type lifecycle owner{...EntityChip}}} fragment EntityChip on Entity{ref kind displayName}" as TypedDocument<EntitySummaryQuery, EntitySummaryQueryVariables>;
