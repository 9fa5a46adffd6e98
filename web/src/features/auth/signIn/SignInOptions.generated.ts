// Written by `npm run codegen` from the public schema; do not edit.
import type { TypedDocument } from "#lib/graphql/document.ts";

export type SignInOptionsQueryVariables = Record<string, never>;

export type SignInOptionsQuery = {
  signInOptions: {
    guest: boolean;
    providers: Array<{
      id: string;
      title: string;
      icon: string;
      startUrl: string;
    }>;
  } | null;
  viewer: {
    ref: string;
    displayName: string;
    isGuest: boolean;
  } | null;
};

export const SignInOptionsDocument = "query SignInOptions{signInOptions{guest providers{id title icon startUrl}}viewer{ref displayName isGuest}}" as TypedDocument<SignInOptionsQuery, SignInOptionsQueryVariables>;
