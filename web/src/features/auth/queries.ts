import { operation } from "#kit/query.ts";
import { ConnectionsDocument } from "./account/Connections.generated.ts";
import { ProfileDocument } from "./account/Profile.generated.ts";
import { OwnSessionsDocument, SessionListDocument } from "./sessions/Sessions.generated.ts";
import { SignInOptionsDocument } from "./signIn/SignInOptions.generated.ts";
import { ScopesDocument } from "./tokens/Scopes.generated.ts";
import { OwnTokensDocument, TokenListDocument } from "./tokens/Tokens.generated.ts";

const rowsPerPage = 50;

/** How people can sign in. */
export function signInOptions() {
  return operation(SignInOptionsDocument, {});
}

/** Who the viewer is. */
export function profile() {
  return operation(ProfileDocument, {});
}

/** Where the viewer is signed in. */
export function ownSessions() {
  return operation(OwnSessionsDocument, {});
}

/** The viewer's access tokens. */
export function ownTokens() {
  return operation(OwnTokensDocument, {});
}

/** The accounts at other services that the viewer lends to the portal. */
export function connections() {
  return operation(ConnectionsDocument, {});
}

/** The permissions that a token can be limited to. */
export function scopes() {
  return { ...operation(ScopesDocument, {}), staleTime: 300_000 };
}

/** A page of everyone's sessions. */
export function sessionList(subject: string | undefined, after: string | undefined) {
  return operation(SessionListDocument, { subject, first: rowsPerPage, after });
}

/** A page of everyone's tokens. */
export function tokenList(subject: string | undefined, after: string | undefined) {
  return operation(TokenListDocument, { subject, first: rowsPerPage, after });
}
