// Written by `npm run codegen` from the public schema; do not edit.
import type { EntityChipFragment } from "#kit/entity/EntityChip.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type PaletteSearchQueryVariables = {
  text: string;
  name: Array<string>;
  first: number;
};

export type PaletteSearchQuery = {
  named: {
    nodes: Array<EntityChipFragment>;
  } | null;
  found: {
    totalCount: number;
    nodes: Array<EntityChipFragment>;
  } | null;
};

export const PaletteSearchDocument = "query PaletteSearch($text:String!$name:[String!]!$first:Int!){named:entities(filter:{name:$name}first:$first){nodes{...EntityChip}}found:entities(text:$text first:$first){totalCount nodes{...EntityChip}}} fragment EntityChip on Entity{ref kind displayName}" as TypedDocument<PaletteSearchQuery, PaletteSearchQueryVariables>;

export type PalettePeopleQueryVariables = {
  text?: string | null | undefined;
  first: number;
};

export type PalettePeopleQuery = {
  entities: {
    totalCount: number;
    nodes: Array<EntityChipFragment>;
  } | null;
};

export const PalettePeopleDocument = "query PalettePeople($text:String$first:Int!){entities(text:$text filter:{kind:[\"group\" \"user\"]}first:$first){totalCount nodes{...EntityChip}}} fragment EntityChip on Entity{ref kind displayName}" as TypedDocument<PalettePeopleQuery, PalettePeopleQueryVariables>;

export type PaletteTagsQueryVariables = Record<string, never>;

export type PaletteTagsQuery = {
  entities: {
    facets: Array<{
      values: Array<{
        value: string;
        count: number;
      }>;
    }>;
  } | null;
};

export const PaletteTagsDocument = "query PaletteTags{entities(first:0){facets(fields:[\"metadata.tags\"]){values{value count}}}}" as TypedDocument<PaletteTagsQuery, PaletteTagsQueryVariables>;
