// Written by `npm run codegen` from the public schema; do not edit.
import type { EntityChipFragment } from "#kit/entity/EntityChip.generated.ts";
import type { FieldFilter, HighlightField } from "#lib/graphql/schema.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type SearchQueryVariables = {
  text: string;
  types?: Array<string> | null | undefined;
  filters?: Array<FieldFilter> | null | undefined;
  first: number;
  after?: string | null | undefined;
  exceptKind?: Array<FieldFilter> | null | undefined;
  exceptOwner?: Array<FieldFilter> | null | undefined;
  exceptLifecycle?: Array<FieldFilter> | null | undefined;
  exceptTag?: Array<FieldFilter> | null | undefined;
};

export type SearchQuery = {
  found: {
    nodes: Array<SearchRowFragment>;
    pageInfo: {
      hasNextPage: boolean;
      endCursor: string | null;
    };
    totalCount: number;
    suggestion: string | null;
  } | null;
  types: {
    totalCount: number;
    facets: Array<{
      values: Array<{
        value: string;
        count: number;
      }>;
    }>;
  } | null;
  kind: {
    facets: Array<{
      values: Array<{
        value: string;
        count: number;
      }>;
    }>;
  } | null;
  owner: {
    facets: Array<{
      values: Array<{
        value: string;
        count: number;
      }>;
    }>;
  } | null;
  lifecycle: {
    facets: Array<{
      values: Array<{
        value: string;
        count: number;
      }>;
    }>;
  } | null;
  tag: {
    facets: Array<{
      values: Array<{
        value: string;
        count: number;
      }>;
    }>;
  } | null;
  searchTypes: Array<{
    name: string;
    title: string;
  }> | null;
};

export const SearchDocument = "query Search($text:String!$types:[String!]$filters:[FieldFilter!]$first:Int!$after:String$exceptKind:[FieldFilter!]$exceptOwner:[FieldFilter!]$exceptLifecycle:[FieldFilter!]$exceptTag:[FieldFilter!]){found:search(text:$text types:$types filters:$filters first:$first after:$after){nodes{...SearchRow}pageInfo{hasNextPage endCursor}totalCount suggestion}types:search(text:$text filters:$filters first:0){totalCount facets(fields:[\"type\"]){values{value count}}}kind:search(text:$text types:$types filters:$exceptKind first:0){facets(fields:[\"kind\"]){values{value count}}}owner:search(text:$text types:$types filters:$exceptOwner first:0){facets(fields:[\"owner\"]){values{value count}}}lifecycle:search(text:$text types:$types filters:$exceptLifecycle first:0){facets(fields:[\"lifecycle\"]){values{value count}}}tag:search(text:$text types:$types filters:$exceptTag first:0){facets(fields:[\"tag\"]){values{value count}}}searchTypes{name title}} fragment SearchRow on SearchResult{type title text location updatedAt entity{...EntityChip}highlights{field start end}} fragment EntityChip on Entity{ref kind displayName}" as TypedDocument<SearchQuery, SearchQueryVariables>;

export type SearchRowFragment = {
  type: string;
  title: string;
  text: string;
  location: string;
  updatedAt: string | null;
  entity: EntityChipFragment | null;
  highlights: Array<{
    field: HighlightField;
    start: number;
    end: number;
  }>;
};
