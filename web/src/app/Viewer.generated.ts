// Written by `npm run codegen` from the public schema; do not edit.
import type { TypedDocument } from "#lib/graphql/document.ts";

export type ViewerQueryVariables = Record<string, never>;

export type ViewerQuery = {
  viewer: {
    ref: string;
    displayName: string;
  } | null;
};

export const ViewerDocument = "query Viewer{viewer{ref displayName}}" as TypedDocument<ViewerQuery, ViewerQueryVariables>;
