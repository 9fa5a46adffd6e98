// Written by `npm run codegen` from the public schema; do not edit.
import type { EntityChipFragment } from "#kit/entity/EntityChip.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type EntityDependentsQueryVariables = {
  ref: string;
  depth: number;
  limit: number;
};

export type EntityDependentsQuery = {
  entityDependents: {
    truncated: boolean;
    nodes: Array<GraphNodeFragment>;
    edges: Array<GraphEdgeFragment>;
  } | null;
};

export const EntityDependentsDocument = "query EntityDependents($ref:EntityRef!$depth:Int!$limit:Int!){entityDependents(ref:$ref depth:$depth limit:$limit){truncated nodes{...GraphNode}edges{...GraphEdge}}} fragment GraphNode on EntityGraphNode{ref depth entity{...EntityChip owner{...EntityChip}}} fragment EntityChip on Entity{ref kind displayName} fragment GraphEdge on EntityGraphEdge{source target type}" as TypedDocument<EntityDependentsQuery, EntityDependentsQueryVariables>;

export type EntityPathQueryVariables = {
  from: string;
  to: string;
};

export type EntityPathQuery = {
  entityPath: {
    nodes: Array<GraphNodeFragment>;
    edges: Array<GraphEdgeFragment>;
  } | null;
};

export const EntityPathDocument = "query EntityPath($from:EntityRef!$to:EntityRef!){entityPath(from:$from to:$to){nodes{...GraphNode}edges{...GraphEdge}}} fragment GraphNode on EntityGraphNode{ref depth entity{...EntityChip owner{...EntityChip}}} fragment EntityChip on Entity{ref kind displayName} fragment GraphEdge on EntityGraphEdge{source target type}" as TypedDocument<EntityPathQuery, EntityPathQueryVariables>;

export type GraphNodeFragment = {
  ref: string;
  depth: number;
  entity: EntityChipFragment & {
    owner: EntityChipFragment | null;
  } | null;
};

export type GraphEdgeFragment = {
  source: string;
  target: string;
  type: string;
};
