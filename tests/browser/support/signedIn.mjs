// A portal where people sign in at a real provider: Ada runs it, Grace may read the catalog.
import { freePort, startPortal } from "./server.mjs";
import { startProvider } from "./provider.mjs";

const user = (name, displayName) => `
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: ${name} }
spec: { profile: { displayName: ${displayName}, email: ${name}@example.com }, memberOf: [] }
`;

/** What a page of the provider, which has no icon, and a part that is refused complain of. */
export const allow = [/favicon/, /status of 404/, /status: 404/];

/** Starts one, with a guest or without, and with further config of the auth section. */
export async function startSignedIn({ guest = false, auth = {} } = {}) {
  const port = await freePort();
  const provider = await startProvider({ portal: `http://127.0.0.1:${port}` });
  const portal = await startPortal({
    port,
    files: { "users.yaml": `${user("ada", "Ada L.")}---${user("grace", "Grace H.")}` },
    config: {
      auth: {
        ...(guest && { guest: { enabled: true } }),
        providers: {
          acme: {
            type: "oidc",
            title: "Acme",
            issuer: provider.issuer,
            clientId: provider.client.client_id,
            clientSecret: provider.client.client_secret,
            signIn: { resolvers: [{ resolver: "emailMatchingUserEntityProfileEmail" }] },
          },
        },
        session: { refreshEvery: "1s" },
        ...auth,
      },
      permission: {
        roles: [
          { name: "reader", members: ["*"], grants: [{ permission: "catalog.entity.read" }] },
          { name: "admins", members: ["user:default/ada"], grants: [{ permission: "*" }] },
        ],
      },
    },
  });
  return {
    address: portal.address,
    provider,
    stop: async () => {
      await portal.stop();
      await provider.stop();
    },
  };
}

/** Fills in the form of the provider. */
export async function logIn(page, login) {
  await page.getByLabel("Login").fill(login);
  await page.getByRole("button", { name: "Log in" }).click();
}

/** Signs somebody in, and leads to a page. */
export async function signIn(page, { address }, login = "ada", path = "/catalog") {
  await page.goto(`${address}/auth/acme/start?returnTo=${encodeURIComponent(path)}`);
  await logIn(page, login);
  await page.waitForURL(address + path);
}

/** Asks the server as the page would. */
export function ask(page, query, variables = {}) {
  return page.evaluate(
    async (body) => {
      const headers = { "content-type": "application/json", "x-callboard-csrf": "1" };
      const response = await fetch("/graphql", { method: "POST", headers, body: JSON.stringify(body) });
      return (await response.json()).data;
    },
    { query, variables },
  );
}
