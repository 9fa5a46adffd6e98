// Written by `npm run codegen` from the public schema; do not edit.
import type { DocumentAction, ProposedFieldState, RegisterLocationInput } from "#lib/graphql/schema.generated.ts";
import type { EntityChipFragment } from "#kit/entity/EntityChip.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type RegisterLocationMutationVariables = {
  input: RegisterLocationInput;
};

export type RegisterLocationMutation = {
  registerLocation: {
    exists: boolean;
    documentCount: number;
    location: {
      id: string;
      target: string;
      error: string | null;
    } | null;
    documents: Array<LocationDocumentRowFragment>;
  } | null;
};

export const RegisterLocationDocument = "mutation RegisterLocation($input:RegisterLocationInput!){registerLocation(input:$input){exists documentCount location{id target error}documents{...LocationDocumentRow}}} fragment LocationDocumentRow on LocationDocument{location document line ref title action descriptor errors{level message error}entity{...EntityChip}} fragment EntityChip on Entity{ref kind displayName}" as TypedDocument<RegisterLocationMutation, RegisterLocationMutationVariables>;

export type LocationDocumentRowFragment = {
  location: string;
  document: number;
  line: number;
  ref: string | null;
  title: string | null;
  action: DocumentAction;
  descriptor: unknown | null;
  errors: Array<{
    level: string;
    message: string;
    error: unknown | null;
  }>;
  entity: EntityChipFragment | null;
};

export type AnalyzeLocationQueryVariables = {
  target: string;
  type: string;
};

export type AnalyzeLocationQuery = {
  analyzeLocation: {
    existingDescriptors: Array<string>;
    yaml: string | null;
    proposals: Array<{
      fields: Array<{
        field: string;
        value: string;
        state: ProposedFieldState;
        reason: string;
      }>;
    }>;
  } | null;
};

export const AnalyzeLocationDocument = "query AnalyzeLocation($target:String!$type:String!){analyzeLocation(target:$target type:$type){existingDescriptors yaml proposals{fields{field value state reason}}}}" as TypedDocument<AnalyzeLocationQuery, AnalyzeLocationQueryVariables>;

export type DocumentEntitiesQueryVariables = {
  refs: Array<string>;
};

export type DocumentEntitiesQuery = {
  entitiesByRef: Array<EntityChipFragment & {
    ingestion: {
      location: string;
    };
    owner: EntityChipFragment | null;
  } | null> | null;
};

export const DocumentEntitiesDocument = "query DocumentEntities($refs:[EntityRef!]!){entitiesByRef(refs:$refs){...EntityChip ingestion{location}owner{...EntityChip}}} fragment EntityChip on Entity{ref kind displayName}" as TypedDocument<DocumentEntitiesQuery, DocumentEntitiesQueryVariables>;
