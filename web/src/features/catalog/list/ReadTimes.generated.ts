// Written by `npm run codegen` from the public schema; do not edit.
import type { TypedDocument } from "#lib/graphql/document.ts";

export type ReadTimesQueryVariables = {
  refs: Array<string>;
};

export type ReadTimesQuery = {
  entitiesByRef: Array<{
    ref: string;
    ingestion: {
      readAt: string | null;
    };
  } | null> | null;
};

export const ReadTimesDocument = "query ReadTimes($refs:[EntityRef!]!){entitiesByRef(refs:$refs){ref ingestion{readAt}}}" as TypedDocument<ReadTimesQuery, ReadTimesQueryVariables>;
