// Written by `npm run codegen` from the public schema; do not edit.
import type { EntityChipFragment } from "#kit/entity/EntityChip.generated.ts";
import type { EntityIngestionFragment } from "#features/catalog/entity/EntityIngestion.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type EntityPageQueryVariables = {
  ref: string;
};

export type EntityPageQuery = {
  entity: EntityHeaderFragment & EntityAboutFragment & EntityIngestionFragment & {
    status: Array<{
      type: string;
      level: string;
      message: string;
    }>;
    relations: {
      totalCount: number;
    };
  } | null;
};

export const EntityPageDocument = "query EntityPage($ref:EntityRef!){entity(ref:$ref){...EntityHeader ...EntityAbout ...EntityIngestion status{type level message}relations(first:0){totalCount}}} fragment EntityHeader on Entity{...EntityChip description type lifecycle orphan viewUrl editUrl links{url title type}owner{...EntityChip}} fragment EntityChip on Entity{ref kind displayName} fragment EntityAbout on Entity{apiVersion kind namespace name tags labels{key value}annotations{key value}sourceLocation ancestry{items{entity{...EntityChip}}}ownedBy:relations(type:[\"ownedBy\"]first:20){...RelationTargets}partOf:relations(type:[\"partOf\"]first:20){...RelationTargets}...on Group{profile{email}}...on User{profile{email}}} fragment RelationTargets on RelationConnection{totalCount nodes{type targetRef target{...EntityChip type lifecycle}}} fragment EntityIngestion on Entity{ref displayName orphan ingestion{readAt stale error catalogLocation{id target removable entities(first:0){totalCount}}}conflicts{loser document since message}mayRefresh:viewerCan(permission:\"catalog.entity.refresh\")mayDelete:viewerCan(permission:\"catalog.entity.delete\")}" as TypedDocument<EntityPageQuery, EntityPageQueryVariables>;

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
    email: string | null;
  } | null;
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
