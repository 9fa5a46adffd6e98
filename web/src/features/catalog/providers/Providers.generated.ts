// Written by `npm run codegen` from the public schema; do not edit.
import type { LocationState, RefreshProviderInput } from "#lib/graphql/schema.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type CatalogProvidersQueryVariables = Record<string, never>;

export type CatalogProvidersQuery = {
  catalogProviders: Array<ProviderRowFragment> | null;
};

export const CatalogProvidersDocument = "query CatalogProviders{catalogProviders{...ProviderRow}} fragment ProviderRow on CatalogProvider{id type title target state error readAt nextReadAt locationCount entityCount}" as TypedDocument<CatalogProvidersQuery, CatalogProvidersQueryVariables>;

export type ProviderRowFragment = {
  id: string;
  type: string;
  title: string;
  target: string;
  state: LocationState;
  error: string | null;
  readAt: string | null;
  nextReadAt: string | null;
  locationCount: number;
  entityCount: number;
};

export type RefreshProviderMutationVariables = {
  input: RefreshProviderInput;
};

export type RefreshProviderMutation = {
  refreshProvider: {
    provider: ProviderRowFragment | null;
  } | null;
};

export const RefreshProviderDocument = "mutation RefreshProvider($input:RefreshProviderInput!){refreshProvider(input:$input){provider{...ProviderRow}}} fragment ProviderRow on CatalogProvider{id type title target state error readAt nextReadAt locationCount entityCount}" as TypedDocument<RefreshProviderMutation, RefreshProviderMutationVariables>;
