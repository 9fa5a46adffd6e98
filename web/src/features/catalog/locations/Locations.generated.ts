// Written by `npm run codegen` from the public schema; do not edit.
import type { EntityChipFragment } from "#kit/entity/EntityChip.generated.ts";
import type { LocationOrigin, LocationState, RefreshLocationInput, UnregisterLocationInput, UpdateLocationInput } from "#lib/graphql/schema.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type LocationsQueryVariables = {
  first?: number | null | undefined;
  after?: string | null | undefined;
  text?: string | null | undefined;
  origin?: LocationOrigin | null | undefined;
  failed?: boolean | null | undefined;
  provider?: string | null | undefined;
};

export type LocationsQuery = {
  locations: {
    totalCount: number;
    pageInfo: {
      hasNextPage: boolean;
      endCursor: string | null;
    };
    nodes: Array<LocationRowFragment>;
  } | null;
};

export const LocationsDocument = "query Locations($first:Int$after:String$text:String$origin:LocationOrigin$failed:Boolean$provider:String){locations(first:$first after:$after text:$text origin:$origin failed:$failed provider:$provider){totalCount pageInfo{hasNextPage endCursor}nodes{...LocationRow}}} fragment LocationRow on CatalogLocation{id type target origin provider createdBy createdAt state error readAt nextReadAt problemCount removable entities(first:0){totalCount}}" as TypedDocument<LocationsQuery, LocationsQueryVariables>;

export type LocationRowFragment = {
  id: string;
  type: string;
  target: string;
  origin: LocationOrigin;
  provider: string | null;
  createdBy: string | null;
  createdAt: string;
  state: LocationState;
  error: string | null;
  readAt: string | null;
  nextReadAt: string | null;
  problemCount: number;
  removable: boolean;
  entities: {
    totalCount: number;
  };
};

export type LocationEntitiesQueryVariables = {
  id: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
};

export type LocationEntitiesQuery = {
  node: {
    entities?: {
      totalCount: number;
      pageInfo: {
        hasNextPage: boolean;
        endCursor: string | null;
      };
      nodes: Array<EntityChipFragment & {
        status: Array<{
          level: string;
          message: string;
        }>;
      }>;
    };
  } | null;
};

export const LocationEntitiesDocument = "query LocationEntities($id:ID!$first:Int$after:String){node(id:$id){...on CatalogLocation{entities(first:$first after:$after){totalCount pageInfo{hasNextPage endCursor}nodes{...EntityChip status{level message}}}}}} fragment EntityChip on Entity{ref kind displayName}" as TypedDocument<LocationEntitiesQuery, LocationEntitiesQueryVariables>;

export type RefreshLocationMutationVariables = {
  input: RefreshLocationInput;
};

export type RefreshLocationMutation = {
  refreshLocation: {
    location: LocationRowFragment | null;
  } | null;
};

export const RefreshLocationDocument = "mutation RefreshLocation($input:RefreshLocationInput!){refreshLocation(input:$input){location{...LocationRow}}} fragment LocationRow on CatalogLocation{id type target origin provider createdBy createdAt state error readAt nextReadAt problemCount removable entities(first:0){totalCount}}" as TypedDocument<RefreshLocationMutation, RefreshLocationMutationVariables>;

export type UnregisterLocationMutationVariables = {
  input: UnregisterLocationInput;
};

export type UnregisterLocationMutation = {
  unregisterLocation: {
    unregisteredId: string;
    removedRefs: Array<string>;
  } | null;
};

export const UnregisterLocationDocument = "mutation UnregisterLocation($input:UnregisterLocationInput!){unregisterLocation(input:$input){unregisteredId removedRefs}}" as TypedDocument<UnregisterLocationMutation, UnregisterLocationMutationVariables>;

export type UpdateLocationMutationVariables = {
  input: UpdateLocationInput;
};

export type UpdateLocationMutation = {
  updateLocation: {
    location: {
      id: string;
    } | null;
    documentCount: number;
  } | null;
};

export const UpdateLocationDocument = "mutation UpdateLocation($input:UpdateLocationInput!){updateLocation(input:$input){location{id}documentCount}}" as TypedDocument<UpdateLocationMutation, UpdateLocationMutationVariables>;
