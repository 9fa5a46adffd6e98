// Written by `npm run codegen` from the public schema; do not edit.
import type { ContentsFragment } from "#features/catalog/entity/contents/Contents.generated.ts";
import type { EntityChipFragment } from "#kit/entity/EntityChip.generated.ts";
import type { EntityIngestionFragment } from "#features/catalog/entity/EntityIngestion.generated.ts";
import type { GraphDirection } from "#lib/graphql/schema.generated.ts";
import type { GraphEdgeFragment } from "#features/catalog/dependents/Dependents.generated.ts";
import type { GroupPeopleFragment } from "#features/catalog/entity/people/People.generated.ts";
import type { RelationCardsFragment } from "#features/catalog/entity/RelationCards.generated.ts";
import type { RelationGraphNodeFragment } from "#features/catalog/graph/Graph.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type EntityPageQueryVariables = {
  ref: string;
  first: number;
  relations?: Array<string> | null | undefined;
  kinds?: Array<string> | null | undefined;
  direction: GraphDirection;
  depth: number;
  limit: number;
  isUser: boolean;
};

export type EntityPageQuery = {
  entity: EntityHeaderFragment & EntityAboutFragment & EntityIngestionFragment & RelationCardsFragment & ContentsFragment & GroupPeopleFragment & {
    status: Array<{
      type: string;
      level: string;
      message: string;
    }>;
    relations: {
      totalCount: number;
    };
  } | null;
  entityGraph: SurroundingsFragment | null;
};

export const EntityPageDocument = "query EntityPage($ref:EntityRef!$first:Int!$relations:[String!]$kinds:[String!]$direction:GraphDirection!$depth:Int!$limit:Int!$isUser:Boolean!){entity(ref:$ref){...EntityHeader ...EntityAbout ...EntityIngestion ...RelationCards ...Contents ...GroupPeople status{type level message}relations(first:0){totalCount}}entityGraph(roots:[$ref]relations:$relations kinds:$kinds direction:$direction depth:$depth limit:$limit){...Surroundings}} fragment EntityHeader on Entity{...EntityChip description type lifecycle orphan viewUrl editUrl links{url title type}owner{...EntityChip}...on Group{profile{picture}}...on User{profile{picture}}} fragment EntityChip on Entity{ref kind displayName} fragment EntityAbout on Entity{apiVersion kind namespace name tags labels{key value}annotations{key value}sourceLocation ancestry{items{entity{...EntityChip}}}ownedBy:relations(type:[\"ownedBy\"]first:20){...RelationTargets}partOf:relations(type:[\"partOf\"]first:20){...RelationTargets}...on Group{profile{displayName email}}...on User{profile{displayName email}}...on Location{targets}} fragment RelationTargets on RelationConnection{totalCount nodes{type targetRef target{...EntityChip type lifecycle}}} fragment EntityIngestion on Entity{ref displayName orphan ingestion{readAt stale error catalogLocation{id target removable entities(first:0){totalCount}}}conflicts{loser document since message}mayRefresh:viewerCan(permission:\"catalog.entity.refresh\")mayDelete:viewerCan(permission:\"catalog.entity.delete\")} fragment RelationCards on Entity{hasPart:relations(type:[\"hasPart\"]first:$first){...RelationTargets}providesApi:relations(type:[\"providesApi\"]first:$first){...RelationTargets}consumesApi:relations(type:[\"consumesApi\"]first:$first){...RelationTargets}apiProvidedBy:relations(type:[\"apiProvidedBy\"]first:$first){...RelationTargets}apiConsumedBy:relations(type:[\"apiConsumedBy\"]first:$first){...RelationTargets}dependsOn:relations(type:[\"dependsOn\"]first:$first){...RelationTargets}dependencyOf:relations(type:[\"dependencyOf\"]first:$first){...RelationTargets}hasMember:relations(type:[\"hasMember\"]first:$first){...RelationTargets}memberOf:relations(type:[\"memberOf\"]first:$first){...RelationTargets}parentOf:relations(type:[\"parentOf\"]first:$first){...RelationTargets}childOf:relations(type:[\"childOf\"]first:$first){...RelationTargets}ownerOf:relations(type:[\"ownerOf\"]first:$first){...RelationTargets}} fragment Contents on Entity{...on System{components(first:$first){totalCount nodes{...ContentRow}}apis(first:$first){totalCount nodes{...ContentRow}}resources(first:$first){totalCount nodes{...ContentRow}}aiResources:relations(type:[\"hasPart\"]kind:[\"AiResource\"]first:$first){totalCount nodes{target{...ContentRow}}}}...on Domain{systems(first:$first){totalCount nodes{...ContentRow ...on System{components(first:0){totalCount}apis(first:0){totalCount}resources(first:0){totalCount}}}}subdomains(first:$first){totalCount nodes{...ContentRow ...on Domain{systems(first:0){totalCount}subdomains(first:0){totalCount}}}}}} fragment ContentRow on Entity{...EntityChip description type lifecycle owner{...EntityChip}} fragment GroupPeople on Entity{...on Group{members(first:$first){...Members}everybody:members(transitive:true first:0){totalCount}owned:owns(first:0){...OwnedKinds}ownedComponents:owns(filter:{kind:[\"component\"]}first:0){...OwnedTypes}ownedApis:owns(filter:{kind:[\"api\"]}first:0){...OwnedTypes}ownedResources:owns(filter:{kind:[\"resource\"]}first:0){...OwnedTypes}ownedTemplates:owns(filter:{kind:[\"template\"]}first:0){...OwnedTypes}ownedAiResources:owns(filter:{kind:[\"airesource\"]}first:0){...OwnedTypes}}...on User{owned:owns(first:0){...OwnedKinds}}} fragment Members on EntityConnection{totalCount nodes{...EntityChip description ...on User{profile{email}}}} fragment OwnedKinds on EntityConnection{totalCount facets(fields:[\"kind\"]){values{value count}}} fragment OwnedTypes on EntityConnection{facets(fields:[\"spec.type\"]){values{value count}}} fragment Surroundings on EntityGraph{truncated nodes{...RelationGraphNode entity{...on Group{members(first:0){totalCount}owns(first:0)@include(if:$isUser){totalCount facets(fields:[\"kind\"]){values{value count}}}}}}edges{...GraphEdge}} fragment RelationGraphNode on EntityGraphNode{ref depth hasMore entity{...EntityChip type owner{...EntityChip}}} fragment GraphEdge on EntityGraphEdge{source target type}" as TypedDocument<EntityPageQuery, EntityPageQueryVariables>;

export type EntityHeaderFragment = EntityChipFragment & {
  description: string | null;
  type: string | null;
  lifecycle: string | null;
  orphan: boolean;
  viewUrl: string | null;
  editUrl: string | null;
  links: Array<{
    url: string;
    title: string | null;
    type: string | null;
  }>;
  owner: EntityChipFragment | null;
  profile?: {
    picture: string | null;
  } | null;
};

export type EntityAboutFragment = {
  apiVersion: string;
  kind: string;
  namespace: string;
  name: string;
  tags: Array<string>;
  labels: Array<{
    key: string;
    value: string;
  }>;
  annotations: Array<{
    key: string;
    value: string;
  }>;
  sourceLocation: string | null;
  ancestry: {
    items: Array<{
      entity: EntityChipFragment;
    }>;
  };
  ownedBy: RelationTargetsFragment;
  partOf: RelationTargetsFragment;
  profile?: {
    displayName: string | null;
    email: string | null;
  } | null;
  targets?: Array<string>;
};

export type RelationTargetsFragment = {
  totalCount: number;
  nodes: Array<{
    type: string;
    targetRef: string;
    target: EntityChipFragment & {
      type: string | null;
      lifecycle: string | null;
    } | null;
  }>;
};

export type SurroundingsFragment = {
  truncated: boolean;
  nodes: Array<RelationGraphNodeFragment & {
    entity: {
      members?: {
        totalCount: number;
      };
      owns?: {
        totalCount: number;
        facets: Array<{
          values: Array<{
            value: string;
            count: number;
          }>;
        }>;
      };
    } | null;
  }>;
  edges: Array<GraphEdgeFragment>;
};
