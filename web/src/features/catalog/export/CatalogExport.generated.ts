// Written by `npm run codegen` from the public schema; do not edit.
import type { EntityFilter, EntityOrder } from "#lib/graphql/schema.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type CatalogExportQueryVariables = {
  filter?: EntityFilter | null | undefined;
  text?: string | null | undefined;
  orderBy?: Array<EntityOrder> | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
};

export type CatalogExportQuery = {
  entities: {
    totalCount: number;
    pageInfo: {
      hasNextPage: boolean;
      endCursor: string | null;
    };
    nodes: Array<ExportRowFragment>;
  } | null;
};

export const CatalogExportDocument = "query CatalogExport($filter:EntityFilter$text:String$orderBy:[EntityOrder!]$first:Int$after:String){entities(filter:$filter text:$text orderBy:$orderBy first:$first after:$after){totalCount pageInfo{hasNextPage endCursor}nodes{...ExportRow}}} fragment ExportRow on Entity{ref kind namespace name title description type lifecycle tags owner{ref}system{ref}}" as TypedDocument<CatalogExportQuery, CatalogExportQueryVariables>;

export type ExportRowFragment = {
  ref: string;
  kind: string;
  namespace: string;
  name: string;
  title: string | null;
  description: string | null;
  type: string | null;
  lifecycle: string | null;
  tags: Array<string>;
  owner: {
    ref: string;
  } | null;
  system: {
    ref: string;
  } | null;
};

export type CatalogDescriptorsQueryVariables = {
  filter?: EntityFilter | null | undefined;
  text?: string | null | undefined;
  orderBy?: Array<EntityOrder> | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
};

export type CatalogDescriptorsQuery = {
  entities: {
    totalCount: number;
    pageInfo: {
      hasNextPage: boolean;
      endCursor: string | null;
    };
    nodes: Array<ExportDescriptorFragment>;
  } | null;
};

export const CatalogDescriptorsDocument = "query CatalogDescriptors($filter:EntityFilter$text:String$orderBy:[EntityOrder!]$first:Int$after:String){entities(filter:$filter text:$text orderBy:$orderBy first:$first after:$after){totalCount pageInfo{hasNextPage endCursor}nodes{...ExportDescriptor}}} fragment ExportDescriptor on Entity{apiVersion kind metadata spec}" as TypedDocument<CatalogDescriptorsQuery, CatalogDescriptorsQueryVariables>;

export type ExportDescriptorFragment = {
  apiVersion: string;
  kind: string;
  metadata: unknown;
  spec: unknown | null;
};
