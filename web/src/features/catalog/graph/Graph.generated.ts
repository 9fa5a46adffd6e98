// Written by `npm run codegen` from the public schema; do not edit.
import type { EntityChipFragment } from "#kit/entity/EntityChip.generated.ts";
import type { GraphDirection } from "#lib/graphql/schema.generated.ts";
import type { GraphEdgeFragment } from "#features/catalog/dependents/Dependents.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type RelationGraphQueryVariables = {
  roots: Array<string>;
  relations?: Array<string> | null | undefined;
  kinds?: Array<string> | null | undefined;
  direction: GraphDirection;
  depth: number;
  limit: number;
};

export type RelationGraphQuery = {
  entityGraph: {
    truncated: boolean;
    nodes: Array<RelationGraphNodeFragment>;
    edges: Array<GraphEdgeFragment>;
  } | null;
};

export const RelationGraphDocument = "query RelationGraph($roots:[EntityRef!]!$relations:[String!]$kinds:[String!]$direction:GraphDirection!$depth:Int!$limit:Int!){entityGraph(roots:$roots relations:$relations kinds:$kinds direction:$direction depth:$depth limit:$limit){truncated nodes{...RelationGraphNode}edges{...GraphEdge}}} fragment RelationGraphNode on EntityGraphNode{ref depth hasMore entity{...EntityChip type owner{...EntityChip}}} fragment EntityChip on Entity{ref kind displayName} fragment GraphEdge on EntityGraphEdge{source target type}" as TypedDocument<RelationGraphQuery, RelationGraphQueryVariables>;

export type RelationDependentsQueryVariables = {
  ref: string;
  depth: number;
  limit: number;
};

export type RelationDependentsQuery = {
  entityGraph: {
    truncated: boolean;
    nodes: Array<RelationGraphNodeFragment>;
    edges: Array<GraphEdgeFragment>;
  } | null;
};

export const RelationDependentsDocument = "query RelationDependents($ref:EntityRef!$depth:Int!$limit:Int!){entityGraph:entityDependents(ref:$ref depth:$depth limit:$limit){truncated nodes{...RelationGraphNode}edges{...GraphEdge}}} fragment RelationGraphNode on EntityGraphNode{ref depth hasMore entity{...EntityChip type owner{...EntityChip}}} fragment EntityChip on Entity{ref kind displayName} fragment GraphEdge on EntityGraphEdge{source target type}" as TypedDocument<RelationDependentsQuery, RelationDependentsQueryVariables>;

export type RelationPathQueryVariables = {
  from: string;
  to: string;
  relations?: Array<string> | null | undefined;
  kinds?: Array<string> | null | undefined;
};

export type RelationPathQuery = {
  entityPath: {
    nodes: Array<RelationGraphNodeFragment>;
    edges: Array<GraphEdgeFragment>;
  } | null;
};

export const RelationPathDocument = "query RelationPath($from:EntityRef!$to:EntityRef!$relations:[String!]$kinds:[String!]){entityPath(from:$from to:$to relations:$relations kinds:$kinds){nodes{...RelationGraphNode}edges{...GraphEdge}}} fragment RelationGraphNode on EntityGraphNode{ref depth hasMore entity{...EntityChip type owner{...EntityChip}}} fragment EntityChip on Entity{ref kind displayName} fragment GraphEdge on EntityGraphEdge{source target type}" as TypedDocument<RelationPathQuery, RelationPathQueryVariables>;

export type GraphKindsQueryVariables = Record<string, never>;

export type GraphKindsQuery = {
  entityKinds: Array<{
    kind: string;
    count: number;
  }> | null;
};

export const GraphKindsDocument = "query GraphKinds{entityKinds{kind count}}" as TypedDocument<GraphKindsQuery, GraphKindsQueryVariables>;

export type GraphStartsQueryVariables = {
  first: number;
};

export type GraphStartsQuery = {
  entities: {
    nodes: Array<EntityChipFragment>;
  } | null;
};

export const GraphStartsDocument = "query GraphStarts($first:Int!){entities(filter:{kind:[\"domain\" \"system\"]}first:$first){nodes{...EntityChip}}} fragment EntityChip on Entity{ref kind displayName}" as TypedDocument<GraphStartsQuery, GraphStartsQueryVariables>;

export type RelationGraphNodeFragment = {
  ref: string;
  depth: number;
  hasMore: boolean;
  entity: EntityChipFragment & {
    type: string | null;
    owner: EntityChipFragment | null;
  } | null;
};
