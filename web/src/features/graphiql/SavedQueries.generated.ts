// Written by `npm run codegen` from the public schema; do not edit.
import type { TypedDocument } from "#lib/graphql/document.ts";
import type { UpdateViewerSettingsInput } from "#lib/graphql/schema.generated.ts";

export type SavedQueriesQueryVariables = Record<string, never>;

export type SavedQueriesQuery = {
  viewer: {
    isGuest: boolean;
    settings: unknown | null;
  } | null;
};

export const SavedQueriesDocument = "query SavedQueries{viewer{isGuest settings(key:\"graphiql.queries\")}}" as TypedDocument<SavedQueriesQuery, SavedQueriesQueryVariables>;

export type SaveQueriesMutationVariables = {
  input: UpdateViewerSettingsInput;
};

export type SaveQueriesMutation = {
  updateViewerSettings: {
    viewer: {
      ref: string;
    };
  } | null;
};

export const SaveQueriesDocument = "mutation SaveQueries($input:UpdateViewerSettingsInput!){updateViewerSettings(input:$input){viewer{ref}}}" as TypedDocument<SaveQueriesMutation, SaveQueriesMutationVariables>;
