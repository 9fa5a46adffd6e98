import assert from "node:assert/strict";
import { test } from "node:test";
import { browserTest, eventually } from "./support/portal.mjs";
import { startProvider } from "./support/provider.mjs";
import { freePort, startPortal } from "./support/server.mjs";

const users = `
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: ada }
spec: { profile: { displayName: Ada L., email: ada@example.com }, memberOf: [] }
`;

const port = await freePort();
const provider = await startProvider({ portal: `http://127.0.0.1:${port}` });
const portal = await startPortal({
  port,
  files: { "users.yaml": users },
  config: {
    auth: {
      guest: { enabled: true },
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
    },
    permission: { roles: [{ name: "reader", members: ["*"], grants: [{ permission: "catalog.entity.read" }] }] },
  },
});
test.after(async () => {
  await portal.stop();
  await provider.stop();
});

/** What the page's own scripts would be told. */
const viewer = (page) =>
  page.evaluate(async () => {
    const response = await fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", "x-callboard-csrf": "1" },
      body: JSON.stringify({ query: "{ viewer { ref displayName isGuest access } }" }),
    });
    return (await response.json()).data.viewer;
  });

async function logIn(page, login) {
  await page.getByLabel("Login").fill(login);
  await page.getByRole("button", { name: "Log in" }).click();
}

async function signIn(page) {
  await page.goto(`${portal.address}/auth/acme/start?returnTo=/catalog`);
  await logIn(page, "ada");
  await page.waitForURL(`${portal.address}/catalog`);
}

const ada = { ref: "user:default/ada", displayName: "Ada L.", isGuest: false, access: "SESSION" };
// Pages of the provider have no icon, and a guest may not see everything.
const allow = [/favicon/, /status of 404/, /status: 404/];

browserTest("one signs in at the provider, and out at both", { allow }, async (page) => {
  await signIn(page);
  assert.deepEqual(await viewer(page), ada);
  const cookies = await page.context().cookies(portal.address);
  const session = cookies.find(({ name }) => name === "callboard-session");
  assert.deepEqual([session.httpOnly, session.sameSite, session.path], [true, "Lax", "/"]);
  assert.equal(await page.evaluate(() => document.cookie), "");

  const { redirectTo } = await page.evaluate(async () => {
    const response = await fetch("/auth/sign-out", { method: "POST", headers: { "x-callboard-csrf": "1" } });
    return response.json();
  });
  assert.ok(redirectTo.startsWith(`${provider.issuer}/session/end?id_token_hint=`), redirectTo);
  await page.goto(redirectTo);
  await page.getByRole("button", { name: "Log out" }).click();
  await page.waitForURL((url) => url.href.startsWith(`${portal.address}/sign-in`));
  assert.equal((await viewer(page)).isGuest, true);
  await page.goto(`${portal.address}/auth/acme/start`);
  await page.getByLabel("Login").waitFor();
});

browserTest("a window of its own tells the page when it is done, though it was elsewhere", { allow }, async (page) => {
  await page.goto(`${portal.address}/catalog`);
  const heard = page.evaluate(
    () => new Promise((hear) => (new BroadcastChannel("callboard:sign-in").onmessage = ({ data }) => hear(data))),
  );
  const [window] = await Promise.all([
    page.waitForEvent("popup"),
    page.evaluate(() => void open("/auth/acme/start?flow=popup", "sign-in", "popup,width=500,height=600")),
  ]);
  const closed = window.waitForEvent("close");
  await logIn(window, "ada");
  const { type, ok, error } = await heard;
  assert.deepEqual({ type, ok, error }, { type: "callboard:sign-in", ok: true, error: null });
  await closed;
  assert.deepEqual(await viewer(page), ada);
});

browserTest("the sign-in page leads there and back in a window of its own", { allow }, async (page) => {
  await page.goto(`${portal.address}/sign-in?returnTo=/catalog`);
  const link = page.getByRole("link", { name: "Continue with Acme" });
  const [window] = await Promise.all([page.waitForEvent("popup"), link.click()]);
  await logIn(window, "ada");
  await page.waitForURL(`${portal.address}/catalog`);
  assert.deepEqual(await viewer(page), ada);
  await page.getByText("Ada L.").first().waitFor();
});

browserTest("the sign-in page says why somebody was refused, in its window too", { allow }, async (page) => {
  await page.goto(`${portal.address}/sign-in`);
  const link = page.getByRole("link", { name: "Continue with Acme" });
  const [window] = await Promise.all([page.waitForEvent("popup"), link.click()]);
  await logIn(window, "stranger");
  const alert = page.getByRole("alert");
  await alert.getByText("no user of the catalog belongs to this account").waitFor();
  assert.equal((await viewer(page)).isGuest, true);
});

for (const [login, code, reason] of [
  ["stranger", "no_user", "no user of the catalog"],
  ["unverified", "unverified_email", "not verified"],
  ["cancelled", "provider_refused", "You cancelled"],
]) {
  browserTest(`${login}: whoever is refused reads why`, { allow }, async (page) => {
    await page.goto(`${portal.address}/auth/acme/start?returnTo=/catalog`);
    await logIn(page, login);
    await page.waitForURL((url) => url.pathname === "/sign-in");
    const { searchParams } = new URL(page.url());
    assert.equal(searchParams.get("error"), code);
    assert.ok(searchParams.get("reason").includes(reason), searchParams.get("reason"));
    assert.equal((await viewer(page)).isGuest, true);
  });
}

browserTest("whoever logs out at the provider is signed out here", { allow }, async (page) => {
  await signIn(page);
  // Another place where the same person is logged in ends the session at the provider.
  const elsewhere = await page.context().newPage();
  await elsewhere.goto(`${provider.issuer}/session/end`);
  await elsewhere.getByRole("button", { name: "Log out" }).click();
  await elsewhere.getByRole("heading", { name: "Logged out" }).waitFor();
  await eventually(async () => assert.equal((await viewer(page)).isGuest, true));
});

browserTest("a session is refreshed at the provider, and ends when that refuses", { allow }, async (page) => {
  let refreshes = 0;
  let token;
  provider.provider.on("grant.success", ({ oidc }) => (refreshes += oidc.params.grant_type === "refresh_token" ? 1 : 0));
  provider.provider.on("refresh_token.saved", (saved) => (token = saved));
  await signIn(page);
  await eventually(async () => {
    assert.deepEqual(await viewer(page), ada);
    assert.ok(refreshes > 0);
  });
  await token.destroy();
  await eventually(async () => assert.equal((await viewer(page)).isGuest, true));
});
