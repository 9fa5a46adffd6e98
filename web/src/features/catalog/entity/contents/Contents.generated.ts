// Written by `npm run codegen` from the public schema; do not edit.
import type { EntityChipFragment } from "#kit/entity/EntityChip.generated.ts";

export type ContentRowFragment = EntityChipFragment & {
  description: string | null;
  type: string | null;
  lifecycle: string | null;
  owner: EntityChipFragment | null;
};

export type ContentsFragment = {
  components?: {
    totalCount: number;
    nodes: Array<ContentRowFragment>;
  };
  apis?: {
    totalCount: number;
    nodes: Array<ContentRowFragment>;
  };
  resources?: {
    totalCount: number;
    nodes: Array<ContentRowFragment>;
  };
  aiResources?: {
    totalCount: number;
    nodes: Array<{
      target: ContentRowFragment | null;
    }>;
  };
  systems?: {
    totalCount: number;
    nodes: Array<ContentRowFragment & {
      components?: {
        totalCount: number;
      };
      apis?: {
        totalCount: number;
      };
      resources?: {
        totalCount: number;
      };
    }>;
  };
  subdomains?: {
    totalCount: number;
    nodes: Array<ContentRowFragment & {
      systems?: {
        totalCount: number;
      };
      subdomains?: {
        totalCount: number;
      };
    }>;
  };
};
