// Written by `npm run codegen` from the public schema; do not edit.
import type { EntityFilter } from "#lib/graphql/schema.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type CatalogFacetsQueryVariables = {
  text?: string | null | undefined;
  exceptKind?: EntityFilter | null | undefined;
  exceptOwner?: EntityFilter | null | undefined;
  exceptType?: EntityFilter | null | undefined;
  exceptLifecycle?: EntityFilter | null | undefined;
  exceptTag?: EntityFilter | null | undefined;
};

export type CatalogFacetsQuery = {
  kind: {
    facets: Array<FacetCountsFragment>;
  } | null;
  owner: {
    facets: Array<FacetCountsFragment>;
  } | null;
  type: {
    facets: Array<FacetCountsFragment>;
  } | null;
  lifecycle: {
    facets: Array<FacetCountsFragment>;
  } | null;
  tag: {
    facets: Array<FacetCountsFragment>;
  } | null;
};

export const CatalogFacetsDocument = "query CatalogFacets($text:String$exceptKind:EntityFilter$exceptOwner:EntityFilter$exceptType:EntityFilter$exceptLifecycle:EntityFilter$exceptTag:EntityFilter){kind:entities(filter:$exceptKind text:$text first:0){facets(fields:[\"kind\"]){...FacetCounts}}owner:entities(filter:$exceptOwner text:$text first:0){facets(fields:[\"relations.ownedBy\"]){...FacetCounts}}type:entities(filter:$exceptType text:$text first:0){facets(fields:[\"spec.type\"]){...FacetCounts}}lifecycle:entities(filter:$exceptLifecycle text:$text first:0){facets(fields:[\"spec.lifecycle\"]){...FacetCounts}}tag:entities(filter:$exceptTag text:$text first:0){facets(fields:[\"metadata.tags\"]){...FacetCounts}}} fragment FacetCounts on Facet{values{value count}}" as TypedDocument<CatalogFacetsQuery, CatalogFacetsQueryVariables>;

export type FacetCountsFragment = {
  values: Array<{
    value: string;
    count: number;
  }>;
};
