// A real provider of OpenID Connect on this machine, with a login form, logout from both ends and short tokens. Its
// pages are plain forms, as a user of any provider would see them.
import { createServer } from "node:http";
import Provider, { interactionPolicy } from "oidc-provider";

/** Who can log in there, by login. The password is not asked for. */
export const accounts = {
  ada: { sub: "sub-ada", email: "ada@example.com", email_verified: true, preferred_username: "ada" },
  grace: { sub: "sub-grace", email: "grace@example.com", email_verified: true, preferred_username: "grace" },
  unverified: { sub: "sub-unverified", email: "ada@example.com", email_verified: false },
  stranger: { sub: "sub-stranger", email: "stranger@example.com", email_verified: true },
};

const page = (title, body) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1>${body}</html>`;

/** Starts a provider for a portal at `portal`, whose provider there has this id. */
export async function startProvider({ portal, id = "acme", port = 0 }) {
  let handle = (_request, response) => response.writeHead(503).end();
  const server = createServer((request, response) => handle(request, response));
  await new Promise((listening) => server.listen(port, "127.0.0.1", listening));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const client = {
    client_id: "portal",
    client_secret: "portal-secret-portal-secret-portal-secret",
    redirect_uris: [`${portal}/auth/${id}/callback`],
    post_logout_redirect_uris: [`${portal}/sign-in`],
    backchannel_logout_uri: `${portal}/auth/${id}/back-channel-logout`,
    backchannel_logout_session_required: true,
    response_types: ["code"],
    grant_types: ["authorization_code", "refresh_token"],
    scope: "openid profile email",
  };
  const provider = new Provider(issuer, {
    clients: [client],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["preferred_username"] },
    // The portal reads the address from the ID token, or else asks for it.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    ttl: { AccessToken: 60, IdToken: 60, AuthorizationCode: 30, Interaction: 300, Session: 3600, Grant: 3600, RefreshToken: 600 },
    cookies: { keys: ["a key of a test"] },
    findAccount: (_context, login) =>
      accounts[login] && { accountId: login, claims: () => ({ ...accounts[login], sub: accounts[login].sub }) },
    issueRefreshToken: () => true,
    interactions: { policy: loginOnly(), url: (_context, interaction) => `/interaction/${interaction.uid}` },
    loadExistingGrant: grantAll,
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          context.body = page("Log out", `${form}<button form="op.logoutForm" name="logout" value="yes">Log out</button>`);
        },
        postLogoutSuccessSource: (context) => {
          context.body = page("Logged out", "");
        },
      },
    },
  });
  const answer = provider.callback();
  /** What is made of the answers of its token endpoint; tests may set it, and keep their length. */
  const hostile = { tokens: null };
  handle = async (request, response) => {
    const { pathname } = new URL(request.url, issuer);
    if (pathname === "/token" && hostile.tokens) {
      const end = response.end.bind(response);
      response.end = (text, ...rest) => end(hostile.tokens(String(text)), ...rest);
    }
    if (!pathname.startsWith("/interaction/")) return answer(request, response);
    if (request.method === "POST") {
      const login = new URLSearchParams(await body(request)).get("login");
      const result = login in accounts ? { login: { accountId: login } } : { error: "access_denied", error_description: "You cancelled" };
      return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    }
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(page("Log in", `<form method="post"><label>Login <input name="login" autofocus></label><button>Log in</button></form>`));
  };
  return {
    issuer,
    client,
    provider,
    hostile,
    stop: () => new Promise((closed) => server.close(closed) && server.closeAllConnections()),
  };
}

/** What the client asks for is granted without another page. */
function loginOnly() {
  const policy = interactionPolicy.base();
  policy.remove("consent");
  return policy;
}

async function grantAll(context) {
  const { client, session, params } = context.oidc;
  const { Grant } = context.oidc.provider;
  const known = session.grantIdFor(client.clientId);
  // Another one in its place would take back what was given under the first.
  const grant = (known && (await Grant.find(known))) || new Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(params?.scope ?? "openid");
  await grant.save();
  return grant;
}

async function body(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
