// Written by `npm run codegen` from the public schema; do not edit.
import type { RelationTargetsFragment } from "#features/catalog/entity/EntityPage.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type EntityRelationsQueryVariables = {
  ref: string;
  type?: Array<string> | null | undefined;
  kind?: Array<string> | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
};

export type EntityRelationsQuery = {
  entity: {
    relations: RelationTargetsFragment & {
      pageInfo: {
        hasNextPage: boolean;
        endCursor: string | null;
      };
    };
  } | null;
};

export const EntityRelationsDocument = "query EntityRelations($ref:EntityRef!$type:[String!]$kind:[String!]$first:Int$after:String){entity(ref:$ref){relations(type:$type kind:$kind first:$first after:$after){...RelationTargets pageInfo{hasNextPage endCursor}}}} fragment RelationTargets on RelationConnection{totalCount nodes{type targetRef target{...EntityChip type lifecycle}}} fragment EntityChip on Entity{ref kind displayName}" as TypedDocument<EntityRelationsQuery, EntityRelationsQueryVariables>;
