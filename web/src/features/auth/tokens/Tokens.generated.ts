// Written by `npm run codegen` from the public schema; do not edit.
import type { CreateAccessTokenInput, RevokeAccessTokenInput, ViewerAccess } from "#lib/graphql/schema.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type OwnTokensQueryVariables = Record<string, never>;

export type OwnTokensQuery = {
  viewer: {
    ref: string;
    isGuest: boolean;
    access: ViewerAccess;
    accessTokens: Array<TokenRowFragment>;
  } | null;
};

export const OwnTokensDocument = "query OwnTokens{viewer{ref isGuest access accessTokens{...TokenRow}}} fragment TokenRow on AccessToken{id name subject permissions hint createdAt createdBy expiresAt lastUsedAt expired}" as TypedDocument<OwnTokensQuery, OwnTokensQueryVariables>;

export type TokenListQueryVariables = {
  subject?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
};

export type TokenListQuery = {
  accessTokens: {
    pageInfo: {
      hasNextPage: boolean;
      endCursor: string | null;
    };
    nodes: Array<TokenRowFragment>;
  } | null;
};

export const TokenListDocument = "query TokenList($subject:EntityRef$first:Int$after:String){accessTokens(subject:$subject first:$first after:$after){pageInfo{hasNextPage endCursor}nodes{...TokenRow}}} fragment TokenRow on AccessToken{id name subject permissions hint createdAt createdBy expiresAt lastUsedAt expired}" as TypedDocument<TokenListQuery, TokenListQueryVariables>;

export type CreateAccessTokenMutationVariables = {
  input: CreateAccessTokenInput;
};

export type CreateAccessTokenMutation = {
  createAccessToken: {
    secret: string;
    accessToken: {
      name: string;
      subject: string;
      expiresAt: string | null;
    };
  } | null;
};

export const CreateAccessTokenDocument = "mutation CreateAccessToken($input:CreateAccessTokenInput!){createAccessToken(input:$input){secret accessToken{name subject expiresAt}}}" as TypedDocument<CreateAccessTokenMutation, CreateAccessTokenMutationVariables>;

export type RevokeAccessTokenMutationVariables = {
  input: RevokeAccessTokenInput;
};

export type RevokeAccessTokenMutation = {
  revokeAccessToken: {
    revokedId: string;
  } | null;
};

export const RevokeAccessTokenDocument = "mutation RevokeAccessToken($input:RevokeAccessTokenInput!){revokeAccessToken(input:$input){revokedId}}" as TypedDocument<RevokeAccessTokenMutation, RevokeAccessTokenMutationVariables>;

export type TokenRowFragment = {
  id: string;
  name: string;
  subject: string;
  permissions: Array<string> | null;
  hint: string;
  createdAt: string;
  createdBy: string | null;
  expiresAt: string | null;
  lastUsedAt: string | null;
  expired: boolean;
};
