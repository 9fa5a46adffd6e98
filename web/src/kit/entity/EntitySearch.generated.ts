// Written by `npm run codegen` from the public schema; do not edit.
import type { EntityChipFragment } from "#kit/entity/EntityChip.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type EntitySearchQueryVariables = {
  text?: string | null | undefined;
  kind?: Array<string> | null | undefined;
  first?: number | null | undefined;
};

export type EntitySearchQuery = {
  entities: {
    nodes: Array<EntityChipFragment>;
  } | null;
};

export const EntitySearchDocument = "query EntitySearch($text:String$kind:[String!]$first:Int){entities(text:$text filter:{kind:$kind}first:$first){nodes{...EntityChip}}} fragment EntityChip on Entity{ref kind displayName}" as TypedDocument<EntitySearchQuery, EntitySearchQueryVariables>;
