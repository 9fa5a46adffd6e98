// Written by `npm run codegen` from the public schema; do not edit.
import type { TypedDocument } from "#lib/graphql/document.ts";

export type SearchStatusQueryVariables = Record<string, never>;

export type SearchStatusQuery = {
  searchIndexStatus: {
    engine: string;
    documents: number;
    bytes: number | null;
    rebuilding: boolean;
    rebuiltAt: string | null;
    error: string | null;
    types: Array<{
      name: string;
      title: string;
      documents: number;
      complete: boolean;
      error: string | null;
    }>;
  } | null;
};

export const SearchStatusDocument = "query SearchStatus{searchIndexStatus{engine documents bytes rebuilding rebuiltAt error types{name title documents complete error}}}" as TypedDocument<SearchStatusQuery, SearchStatusQueryVariables>;

export type RebuildSearchMutationVariables = Record<string, never>;

export type RebuildSearchMutation = {
  rebuildSearchIndex: {
    status: {
      rebuilding: boolean;
    } | null;
  };
};

export const RebuildSearchDocument = "mutation RebuildSearch{rebuildSearchIndex{status{rebuilding}}}" as TypedDocument<RebuildSearchMutation, RebuildSearchMutationVariables>;
