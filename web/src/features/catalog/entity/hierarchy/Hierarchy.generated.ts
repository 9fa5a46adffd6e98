// Written by `npm run codegen` from the public schema; do not edit.
import type { GraphEdgeFragment } from "#features/catalog/dependents/Dependents.generated.ts";
import type { RelationGraphNodeFragment } from "#features/catalog/graph/Graph.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type HierarchyBelowQueryVariables = {
  ref: string;
  relations: Array<string>;
  kinds: Array<string>;
  limit: number;
};

export type HierarchyBelowQuery = {
  entityGraph: {
    truncated: boolean;
    nodes: Array<RelationGraphNodeFragment & {
      entity: {
        members?: {
          totalCount: number;
        };
      } | null;
    }>;
    edges: Array<GraphEdgeFragment>;
  } | null;
};

export const HierarchyBelowDocument = "query HierarchyBelow($ref:EntityRef!$relations:[String!]!$kinds:[String!]!$limit:Int!){entityGraph(roots:[$ref]relations:$relations kinds:$kinds direction:INCOMING depth:1 limit:$limit){truncated nodes{...RelationGraphNode entity{...on Group{members(first:0){totalCount}}}}edges{...GraphEdge}}} fragment RelationGraphNode on EntityGraphNode{ref depth hasMore entity{...EntityChip type owner{...EntityChip}}} fragment EntityChip on Entity{ref kind displayName} fragment GraphEdge on EntityGraphEdge{source target type}" as TypedDocument<HierarchyBelowQuery, HierarchyBelowQueryVariables>;
