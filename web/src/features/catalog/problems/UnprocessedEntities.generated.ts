// Written by `npm run codegen` from the public schema; do not edit.
import type { TypedDocument } from "#lib/graphql/document.ts";

export type UnprocessedEntitiesQueryVariables = {
  first?: number | null | undefined;
  after?: string | null | undefined;
};

export type UnprocessedEntitiesQuery = {
  unprocessedEntities: {
    totalCount: number;
    pageInfo: {
      hasNextPage: boolean;
      endCursor: string | null;
    };
    nodes: Array<{
      id: string;
      location: string;
      document: number;
      ref: string | null;
      errors: Array<{
        level: string;
        message: string;
        error: unknown | null;
      }>;
    }>;
  } | null;
};

export const UnprocessedEntitiesDocument = "query UnprocessedEntities($first:Int$after:String){unprocessedEntities(first:$first after:$after){totalCount pageInfo{hasNextPage endCursor}nodes{id location document ref errors{level message error}}}}" as TypedDocument<UnprocessedEntitiesQuery, UnprocessedEntitiesQueryVariables>;
