// Written by `npm run codegen` from the public schema; do not edit.
import type { EntityFilter, EntityOrder } from "#lib/graphql/schema.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type CatalogCursorsQueryVariables = {
  filter?: EntityFilter | null | undefined;
  text?: string | null | undefined;
  orderBy?: Array<EntityOrder> | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
};

export type CatalogCursorsQuery = {
  entities: {
    pageInfo: {
      startCursor: string | null;
      endCursor: string | null;
    };
  } | null;
};

export const CatalogCursorsDocument = "query CatalogCursors($filter:EntityFilter$text:String$orderBy:[EntityOrder!]$first:Int$after:String$last:Int$before:String){entities(filter:$filter text:$text orderBy:$orderBy first:$first after:$after last:$last before:$before){pageInfo{startCursor endCursor}}}" as TypedDocument<CatalogCursorsQuery, CatalogCursorsQueryVariables>;
