// Written by `npm run codegen` from the public schema; do not edit.
import type { TypedDocument } from "#lib/graphql/document.ts";

export type PaletteDocumentsQueryVariables = {
  text: string;
  first: number;
};

export type PaletteDocumentsQuery = {
  search: {
    nodes: Array<{
      type: string;
      title: string;
      location: string;
      entity: {
        ref: string;
        displayName: string;
      } | null;
    }>;
    totalCount: number;
  } | null;
};

export const PaletteDocumentsDocument = "query PaletteDocuments($text:String!$first:Int!){search(text:$text first:$first){nodes{type title location entity{ref displayName}}totalCount}}" as TypedDocument<PaletteDocumentsQuery, PaletteDocumentsQueryVariables>;
