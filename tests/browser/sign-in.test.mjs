import assert from "node:assert/strict";
import { test } from "node:test";
import { browserTest, eventually, query } from "./support/portal.mjs";
import { allow, ask, logIn, signIn as signInAt, startSignedIn } from "./support/signedIn.mjs";

const portal = await startSignedIn({ guest: true });
const { provider } = portal;
// Another one that knows no guest, and where sessions are soon over.
const strict = await startSignedIn({
  auth: { tokens: [{ token: "ops-token-1", subject: "user:default/ada" }], session: { idleTimeout: "6s" } },
});
test.after(async () => {
  await portal.stop();
  await strict.stop();
});

/** What the page's own scripts would be told. */
const viewer = async (page) => (await ask(page, "{ viewer { ref displayName isGuest access } }")).viewer;
const signIn = (page, at = portal) => signInAt(page, at);

const ada = { ref: "user:default/ada", displayName: "Ada L.", isGuest: false, access: "SESSION" };

browserTest("one signs in at the provider, and out at both", { allow }, async (page) => {
  await signIn(page);
  assert.deepEqual(await viewer(page), ada);
  const cookies = await page.context().cookies(portal.address);
  const session = cookies.find(({ name }) => name === "callboard-session");
  assert.deepEqual([session.httpOnly, session.sameSite, session.path], [true, "Lax", "/"]);
  assert.equal(await page.evaluate(() => document.cookie), "");

  await page.getByRole("button", { name: "Account of Ada L." }).first().click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL((url) => url.href.startsWith(`${provider.issuer}/session/end?id_token_hint=`));
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
  await alert.getByText("no user of the catalog belongs to this account", { exact: false }).waitFor();
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

browserTest("an answer that was forged on its way signs nobody in, and one reads why", { allow }, async (page) => {
  // The signature is another one, of the same length.
  provider.hostile.tokens = (text) =>
    text.replace(/("id_token":"[^"]*)[^".]{20}"/, (_all, begin) => `${begin}${"A".repeat(20)}"`);
  try {
    await page.goto(`${portal.address}/auth/acme/start?returnTo=/catalog`);
    await logIn(page, "ada");
    await page.waitForURL((url) => url.pathname === "/sign-in");
    assert.equal(new URL(page.url()).searchParams.get("error"), "invalid_answer");
    await page.getByRole("alert").getByText("gave an answer that cannot be trusted").waitFor();
    assert.equal((await viewer(page)).isGuest, true);
    const cookies = await page.context().cookies(portal.address);
    assert.ok(cookies.every(({ name }) => !name.startsWith("callboard")), "something is left behind");
  } finally {
    provider.hostile.tokens = null;
  }
});

browserTest("what a hostile provider says of itself is shown as text", { allow }, async (page) => {
  const start = page.waitForRequest((request) => new URL(request.url()).searchParams.has("code_challenge"));
  await page.goto(`${portal.address}/auth/acme/start?returnTo=/catalog`);
  const state = new URL((await start).url()).searchParams.get("state");
  const told = '<img src="x" onerror="document.title = `owned`">';
  const answer = new URLSearchParams({ state, iss: provider.issuer, error: "access_denied", error_description: told });
  await page.goto(`${portal.address}/auth/acme/callback?${answer}`);
  await page.getByRole("alert").getByText(told).waitFor();
  assert.equal(await page.locator("img[src=x]").count(), 0);
  assert.notEqual(await page.title(), "owned");
  await page.goto(`${portal.address}/auth/acme/callback?${answer}`);
  await page.getByRole("alert").getByText("was used already").first().waitFor();
});

/** Goes on within the page that is open, which finds out that nobody knows it any more. */
async function findsItsSessionEnded(page) {
  await page.getByRole("searchbox").or(page.getByRole("combobox")).first().waitFor();
  await page.evaluate(() => history.pushState(null, "", "/account"));
  await page.evaluate(() => dispatchEvent(new PopStateEvent("popstate")));
  const notice = page.getByRole("alert").filter({ hasText: "Your session has ended." }).first();
  await notice.waitFor();
  const link = notice.getByRole("link", { name: "Sign in again" });
  const [other] = await Promise.all([page.waitForEvent("popup"), link.click()]);
  await other.waitForURL((url) => url.pathname === "/sign-in");
}

browserTest("a session that is revoked while the page is open is over there, too", { allow: [...allow, /401/] }, async (page) => {
  await signIn(page, strict);
  assert.deepEqual(await viewer(page), ada);
  const revoke = 'mutation { revokeSessionsOf(input: { subject: "user:default/ada" }) { count } }';
  const { revokeSessionsOf } = await query(revoke, {}, { origin: strict.address, token: "ops-token-1" });
  assert.equal(revokeSessionsOf.count, 1);
  await findsItsSessionEnded(page);
  assert.equal(await viewer(page), null);
});

browserTest("a session that was left alone for too long is over", { allow: [...allow, /401/] }, async (page) => {
  await signIn(page, strict);
  assert.deepEqual(await viewer(page), ada);
  await page.waitForTimeout(7000);
  await findsItsSessionEnded(page);
  assert.equal(await viewer(page), null);
});
