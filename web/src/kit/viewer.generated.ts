// Written by `npm run codegen` from the public schema; do not edit.
import type { TypedDocument } from "#lib/graphql/document.ts";
import type { ViewerAccess } from "#lib/graphql/schema.generated.ts";

export type ViewerQueryVariables = Record<string, never>;

export type ViewerQuery = {
  viewer: {
    ref: string;
    displayName: string;
    isGuest: boolean;
    access: ViewerAccess;
  } | null;
};

export const ViewerDocument = "query Viewer{viewer{ref displayName isGuest access}}" as TypedDocument<ViewerQuery, ViewerQueryVariables>;
