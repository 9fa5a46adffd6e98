// Written by `npm run codegen` from the public schema; do not edit.
import type { EntityChipFragment } from "#kit/entity/EntityChip.generated.ts";
import type { EntityFilter, EntityOrder } from "#lib/graphql/schema.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type CatalogListQueryVariables = {
  filter?: EntityFilter | null | undefined;
  text?: string | null | undefined;
  orderBy?: Array<EntityOrder> | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  offset?: number | null | undefined;
};

export type CatalogListQuery = {
  entities: {
    totalCount: number;
    pageInfo: {
      hasNextPage: boolean;
      hasPreviousPage: boolean;
      startCursor: string | null;
      endCursor: string | null;
    };
    nodes: Array<CatalogRowFragment>;
  } | null;
};

export const CatalogListDocument = "query CatalogList($filter:EntityFilter$text:String$orderBy:[EntityOrder!]$first:Int$after:String$last:Int$before:String$offset:Int){entities(filter:$filter text:$text orderBy:$orderBy first:$first after:$after last:$last before:$before offset:$offset){totalCount pageInfo{hasNextPage hasPreviousPage startCursor endCursor}nodes{...CatalogRow}}} fragment CatalogRow on Entity{...EntityChip description type lifecycle tags owner{...EntityChip}system{...EntityChip}status{level message}} fragment EntityChip on Entity{ref kind displayName}" as TypedDocument<CatalogListQuery, CatalogListQueryVariables>;

export type CatalogRowFragment = EntityChipFragment & {
  description: string | null;
  type: string | null;
  lifecycle: string | null;
  tags: Array<string>;
  owner: EntityChipFragment | null;
  system: EntityChipFragment | null;
  status: Array<{
    level: string;
    message: string;
  }>;
};
