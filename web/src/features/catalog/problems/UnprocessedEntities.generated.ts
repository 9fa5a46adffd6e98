// Written by `npm run codegen` from the public schema; do not edit.
import type { IngestionProblemKind, UnprocessedFilter } from "#lib/graphql/schema.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type UnprocessedEntitiesQueryVariables = {
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: UnprocessedFilter | null | undefined;
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
      kind: IngestionProblemKind;
      owner: string | null;
      winner: string | null;
      served: string | null;
      winningLocation: string | null;
      updatedAt: string;
      errors: Array<{
        level: string;
        message: string;
        error: unknown | null;
      }>;
    }>;
  } | null;
};

export const UnprocessedEntitiesDocument = "query UnprocessedEntities($first:Int$after:String$filter:UnprocessedFilter){unprocessedEntities(first:$first after:$after filter:$filter){totalCount pageInfo{hasNextPage endCursor}nodes{id location document ref kind owner winner served winningLocation updatedAt errors{level message error}}}}" as TypedDocument<UnprocessedEntitiesQuery, UnprocessedEntitiesQueryVariables>;
