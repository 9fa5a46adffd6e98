// Written by `npm run codegen` from the public schema; do not edit.
import type { EntityChangeKind, EntityFilter, EntityOrder, IngestionProblemKind, UnprocessedFilter } from "#lib/graphql/schema.generated.ts";
import type { EntityChipFragment } from "#kit/entity/EntityChip.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type HomeEntitiesQueryVariables = {
  filter?: EntityFilter | null | undefined;
  orderBy?: Array<EntityOrder> | null | undefined;
  first?: number | null | undefined;
};

export type HomeEntitiesQuery = {
  entities: {
    totalCount: number;
    facets: Array<{
      values: Array<{
        value: string;
        count: number;
      }>;
    }>;
    nodes: Array<HomeEntityFragment>;
  } | null;
};

export const HomeEntitiesDocument = "query HomeEntities($filter:EntityFilter$orderBy:[EntityOrder!]$first:Int){entities(filter:$filter orderBy:$orderBy first:$first){totalCount facets(fields:[\"kind\"]){values{value count}}nodes{...HomeEntity}}} fragment HomeEntity on Entity{...EntityChip type lifecycle} fragment EntityChip on Entity{ref kind displayName}" as TypedDocument<HomeEntitiesQuery, HomeEntitiesQueryVariables>;

export type HomeStarredQueryVariables = Record<string, never>;

export type HomeStarredQuery = {
  viewer: {
    isGuest: boolean;
    starred: Array<HomeEntityFragment> | null;
  } | null;
};

export const HomeStarredDocument = "query HomeStarred{viewer{isGuest starred{...HomeEntity}}} fragment HomeEntity on Entity{...EntityChip type lifecycle} fragment EntityChip on Entity{ref kind displayName}" as TypedDocument<HomeStarredQuery, HomeStarredQueryVariables>;

export type HomeEntityFragment = EntityChipFragment & {
  type: string | null;
  lifecycle: string | null;
};

export type HomeAttentionQueryVariables = {
  problems?: UnprocessedFilter | null | undefined;
  owned?: EntityFilter | null | undefined;
  orphans?: EntityFilter | null | undefined;
  first?: number | null | undefined;
};

export type HomeAttentionQuery = {
  owned: {
    totalCount: number;
  } | null;
  unprocessedEntities: {
    totalCount: number;
    nodes: Array<{
      id: string;
      ref: string | null;
      location: string;
      kind: IngestionProblemKind;
      served: string | null;
      errors: Array<{
        message: string;
      }>;
    }>;
  } | null;
  orphans: {
    totalCount: number;
    nodes: Array<EntityChipFragment>;
  } | null;
};

export const HomeAttentionDocument = "query HomeAttention($problems:UnprocessedFilter$owned:EntityFilter$orphans:EntityFilter$first:Int){owned:entities(filter:$owned first:0){totalCount}unprocessedEntities(filter:$problems first:$first){totalCount nodes{id ref location kind served errors{message}}}orphans:entities(filter:$orphans first:$first){totalCount nodes{...EntityChip}}} fragment EntityChip on Entity{ref kind displayName}" as TypedDocument<HomeAttentionQuery, HomeAttentionQueryVariables>;

export type HomeKindsQueryVariables = Record<string, never>;

export type HomeKindsQuery = {
  entityKinds: Array<{
    kind: string;
    count: number;
  }> | null;
};

export const HomeKindsDocument = "query HomeKinds{entityKinds{kind count}}" as TypedDocument<HomeKindsQuery, HomeKindsQueryVariables>;

export type HomeRecentQueryVariables = {
  filter?: EntityFilter | null | undefined;
  first?: number | null | undefined;
};

export type HomeRecentQuery = {
  recentlyChanged: Array<{
    at: string;
    entity: EntityChipFragment;
  }> | null;
};

export const HomeRecentDocument = "query HomeRecent($filter:EntityFilter$first:Int){recentlyChanged(filter:$filter first:$first){at entity{...EntityChip}}} fragment EntityChip on Entity{ref kind displayName}" as TypedDocument<HomeRecentQuery, HomeRecentQueryVariables>;

export type HomeActivitySubscriptionVariables = {
  filter?: EntityFilter | null | undefined;
};

export type HomeActivitySubscription = {
  entityChanged: {
    kind: EntityChangeKind;
    ref: string | null;
    entity: EntityChipFragment | null;
  };
};

export const HomeActivityDocument = "subscription HomeActivity($filter:EntityFilter){entityChanged(filter:$filter){kind ref entity{...EntityChip}}} fragment EntityChip on Entity{ref kind displayName}" as TypedDocument<HomeActivitySubscription, HomeActivitySubscriptionVariables>;
