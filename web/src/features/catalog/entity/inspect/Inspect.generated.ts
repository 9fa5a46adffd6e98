// Written by `npm run codegen` from the public schema; do not edit.
import type { EntityChipFragment } from "#kit/entity/EntityChip.generated.ts";
import type { FieldFilter, LocationOrigin, LocationState } from "#lib/graphql/schema.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type InspectionQueryVariables = {
  ref: string;
};

export type InspectionQuery = {
  entity: EntityChipFragment & {
    id: string;
    uid: string;
    etag: string;
    apiVersion: string;
    namespace: string;
    name: string;
    type: string | null;
    orphan: boolean;
    sourceLocation: string | null;
    viewUrl: string | null;
    editUrl: string | null;
    status: Array<{
      type: string;
      level: string;
      message: string;
    }>;
    annotations: Array<{
      key: string;
      value: string;
    }>;
    ancestry: {
      items: Array<{
        parentRefs: Array<string>;
        entity: EntityChipFragment & {
          type?: string | null;
          targets?: Array<string>;
          presence?: string;
        };
      }>;
    };
    ingestion: {
      location: string;
      origin: string;
      readAt: string | null;
      stale: boolean;
      error: string | null;
      catalogLocation: {
        id: string;
        type: string;
        target: string;
        origin: LocationOrigin;
        provider: string | null;
        createdBy: string | null;
        createdAt: string;
        state: LocationState;
        readAt: string | null;
        nextReadAt: string | null;
        problemCount: number;
      } | null;
    };
    conflicts: Array<{
      winner: string;
      loser: string;
      document: number;
      since: string;
      message: string;
    }>;
  } | null;
};

export const InspectionDocument = "query Inspection($ref:EntityRef!){entity(ref:$ref){...EntityChip id uid etag apiVersion namespace name type orphan sourceLocation viewUrl editUrl status{type level message}annotations{key value}ancestry{items{parentRefs entity{...EntityChip ...on Location{type targets presence}}}}ingestion{location origin readAt stale error catalogLocation{id type target origin provider createdBy createdAt state readAt nextReadAt problemCount}}conflicts{winner loser document since message}}} fragment EntityChip on Entity{ref kind displayName}" as TypedDocument<InspectionQuery, InspectionQueryVariables>;

export type WholeEntityQueryVariables = {
  ref: string;
  first: number;
};

export type WholeEntityQuery = {
  entity: {
    apiVersion: string;
    kind: string;
    metadata: unknown;
    uid: string;
    etag: string;
    spec: unknown | null;
    status: Array<{
      type: string;
      level: string;
      message: string;
      error: unknown | null;
    }>;
    relations: {
      totalCount: number;
      nodes: Array<{
        type: string;
        targetRef: string;
      }>;
    };
  } | null;
};

export const WholeEntityDocument = "query WholeEntity($ref:EntityRef!$first:Int!){entity(ref:$ref){apiVersion kind metadata uid etag spec status{type level message error}relations(first:$first){totalCount nodes{type targetRef}}}}" as TypedDocument<WholeEntityQuery, WholeEntityQueryVariables>;

export type ColocatedQueryVariables = {
  file: Array<FieldFilter>;
  origin: Array<FieldFilter>;
  first: number;
};

export type ColocatedQuery = {
  file: ColocatedEntitiesFragment | null;
  origin: ColocatedEntitiesFragment | null;
};

export const ColocatedDocument = "query Colocated($file:[FieldFilter!]!$origin:[FieldFilter!]!$first:Int!){file:entities(filter:{fields:$file}first:$first){...ColocatedEntities}origin:entities(filter:{fields:$origin}first:$first){...ColocatedEntities}} fragment ColocatedEntities on EntityConnection{totalCount nodes{...EntityChip type}} fragment EntityChip on Entity{ref kind displayName}" as TypedDocument<ColocatedQuery, ColocatedQueryVariables>;

export type ColocatedEntitiesFragment = {
  totalCount: number;
  nodes: Array<EntityChipFragment & {
    type: string | null;
  }>;
};
