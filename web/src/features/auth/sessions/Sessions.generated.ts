// Written by `npm run codegen` from the public schema; do not edit.
import type { RevokeSessionInput, RevokeSessionsOfInput } from "#lib/graphql/schema.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type OwnSessionsQueryVariables = Record<string, never>;

export type OwnSessionsQuery = {
  viewer: {
    ref: string;
    sessions: Array<SessionRowFragment>;
  } | null;
};

export const OwnSessionsDocument = "query OwnSessions{viewer{ref sessions{...SessionRow}}} fragment SessionRow on Session{id subject provider createdAt lastUsedAt expiresAt address userAgent current}" as TypedDocument<OwnSessionsQuery, OwnSessionsQueryVariables>;

export type SessionListQueryVariables = {
  subject?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
};

export type SessionListQuery = {
  sessions: {
    pageInfo: {
      hasNextPage: boolean;
      endCursor: string | null;
    };
    nodes: Array<SessionRowFragment>;
  } | null;
};

export const SessionListDocument = "query SessionList($subject:EntityRef$first:Int$after:String){sessions(subject:$subject first:$first after:$after){pageInfo{hasNextPage endCursor}nodes{...SessionRow}}} fragment SessionRow on Session{id subject provider createdAt lastUsedAt expiresAt address userAgent current}" as TypedDocument<SessionListQuery, SessionListQueryVariables>;

export type RevokeSessionMutationVariables = {
  input: RevokeSessionInput;
};

export type RevokeSessionMutation = {
  revokeSession: {
    revokedId: string;
  } | null;
};

export const RevokeSessionDocument = "mutation RevokeSession($input:RevokeSessionInput!){revokeSession(input:$input){revokedId}}" as TypedDocument<RevokeSessionMutation, RevokeSessionMutationVariables>;

export type RevokeSessionsOfMutationVariables = {
  input: RevokeSessionsOfInput;
};

export type RevokeSessionsOfMutation = {
  revokeSessionsOf: {
    count: number;
  } | null;
};

export const RevokeSessionsOfDocument = "mutation RevokeSessionsOf($input:RevokeSessionsOfInput!){revokeSessionsOf(input:$input){count}}" as TypedDocument<RevokeSessionsOfMutation, RevokeSessionsOfMutationVariables>;

export type SessionRowFragment = {
  id: string;
  subject: string;
  provider: string;
  createdAt: string;
  lastUsedAt: string;
  expiresAt: string;
  address: string | null;
  userAgent: string | null;
  current: boolean;
};
