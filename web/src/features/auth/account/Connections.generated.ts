// Written by `npm run codegen` from the public schema; do not edit.
import type { DisconnectAccountInput } from "#lib/graphql/schema.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type ConnectionsQueryVariables = Record<string, never>;

export type ConnectionsQuery = {
  viewer: {
    connectedAccounts: Array<{
      provider: string;
      title: string;
      login: string;
      scopes: Array<string>;
      connectedAt: string;
    }>;
  } | null;
  signInOptions: {
    connectable: Array<{
      id: string;
      title: string;
      icon: string;
      startUrl: string;
    }>;
  } | null;
};

export const ConnectionsDocument = "query Connections{viewer{connectedAccounts{provider title login scopes connectedAt}}signInOptions{connectable{id title icon startUrl}}}" as TypedDocument<ConnectionsQuery, ConnectionsQueryVariables>;

export type DisconnectAccountMutationVariables = {
  input: DisconnectAccountInput;
};

export type DisconnectAccountMutation = {
  disconnectAccount: {
    provider: string;
  } | null;
};

export const DisconnectAccountDocument = "mutation DisconnectAccount($input:DisconnectAccountInput!){disconnectAccount(input:$input){provider}}" as TypedDocument<DisconnectAccountMutation, DisconnectAccountMutationVariables>;
