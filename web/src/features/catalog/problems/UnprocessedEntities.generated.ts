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
      location: string;
      document: number;
      ref: string | null;
      errors: Array<{
        line: number | null;
        column: number | null;
        path: string | null;
        message: string;
      }>;
    }>;
  } | null;
};

export const UnprocessedEntitiesDocument = "query UnprocessedEntities($first:Int$after:String){unprocessedEntities(first:$first after:$after){totalCount pageInfo{hasNextPage endCursor}nodes{location document ref errors{line column path message}}}}" as TypedDocument<UnprocessedEntitiesQuery, UnprocessedEntitiesQueryVariables>;
