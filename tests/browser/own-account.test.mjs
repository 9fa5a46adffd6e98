// What people who signed in see of themselves: where they are signed in, and what they have connected.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkAccessibility, checkWidth } from "./support/accessibility.mjs";
import { asSomeone, browserTest, open, settled } from "./support/portal.mjs";
import { allow, ask, logIn, signIn, startSignedIn } from "./support/signedIn.mjs";

const portal = await startSignedIn();
test.after(() => portal.stop());

const who = async (page) => (await ask(page, "{ viewer { ref } }")).viewer?.ref;
const sessionRows = (page) => page.getByRole("table", { name: "Sessions" }).locator("tbody tr");

async function checkEverywhere(page) {
  await checkAccessibility(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await checkAccessibility(page);
  await page.setViewportSize({ width: 360, height: 700 });
  await checkWidth(page);
  await checkAccessibility(page);
  await page.setViewportSize({ width: 1440, height: 900 });
}

/** Signs Grace in in some browsers of hers, which stay open while something is done. */
async function inBrowsersOfGrace(count, run, pages = []) {
  if (count === 0) return run(pages);
  return asSomeone({}, async (page) => {
    await signIn(page, portal, "grace");
    return inBrowsersOfGrace(count - 1, run, [...pages, page]);
  });
}

browserTest("one ends a session from another, then all others", { allow }, async (page) => {
  await signIn(page, portal, "grace");
  await inBrowsersOfGrace(3, async ([first, ...others]) => {
    await open(page, "/account/sessions", portal.address);
    assert.equal(await sessionRows(page).count(), 4);
    const own = sessionRows(page).filter({ hasText: "this one" });
    assert.equal(await own.count(), 1);
    await checkEverywhere(page);

    // The list begins with the one that was used last; which one of the others goes is told by who is out.
    await sessionRows(page).filter({ hasNotText: "this one" }).first().getByRole("button", { name: "End: Chrome on Linux" }).click();
    const question = page.getByRole("dialog", { name: "End this session?" });
    await question.getByText("Chrome on Linux is signed out at once.").waitFor();
    await question.getByRole("button", { name: "End" }).click();
    await page.getByText("The session was ended.").waitFor();
    await settled(page);
    assert.equal(await sessionRows(page).count(), 3);
    const known = await Promise.all([first, ...others].map(who));
    assert.equal(known.filter((ref) => ref === undefined).length, 1, known.join());

    await page.getByRole("button", { name: "End all others" }).click();
    await page.getByRole("dialog", { name: "End all other sessions?" }).getByRole("button", { name: "End all others" }).click();
    await page.getByText("2 sessions were ended.").waitFor();
    await settled(page);
    assert.equal(await sessionRows(page).count(), 1);
    assert.deepEqual(await Promise.all([page, first, ...others].map(who)), ["user:default/grace", undefined, undefined, undefined]);
    assert.equal(await page.getByRole("button", { name: "End all others" }).count(), 0);
  });
});

browserTest("an admin sees who is signed in, and signs somebody out everywhere", { allow }, async (page) => {
  await signIn(page, portal);
  await inBrowsersOfGrace(2, async (pages) => {
    await open(page, "/admin/sessions", portal.address);
    await page.getByRole("button", { name: "End: Chrome on Linux of Grace H." }).first().waitFor();
    await page.getByRole("row", { name: /Ada L\.\s*this one/ }).waitFor();
    await checkEverywhere(page);
    await page.getByRole("combobox", { name: "Only of" }).fill("grace");
    await page.getByRole("option", { name: /Grace H/ }).click();
    await page.waitForURL("**/admin/sessions?subject=user:default/grace");
    await settled(page);
    await page.getByRole("button", { name: "End: Chrome on Linux of Grace H." }).first().click();
    await page.getByRole("dialog").getByText("Grace H. is signed out at once in Chrome on Linux.").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "End all of theirs" }).click();
    await page.getByRole("dialog", { name: "End all sessions of user:default/grace?" }).getByRole("button", { name: "End all of theirs" }).click();
    await page.getByRole("heading", { name: "No sessions" }).waitFor();
    assert.deepEqual(await Promise.all(pages.map(who)), [undefined, undefined]);
    assert.equal(await who(page), "user:default/ada");
  });
});

browserTest("lists go from page to page, and back to the newest", { allow }, async (page) => {
  await signIn(page, portal);
  const { sessions } = await ask(page, "{ sessions(first: 1) { pageInfo { endCursor } } }");
  const shorten = (route) => {
    const body = route.request().postDataJSON();
    const variables = { ...body.variables, ...("first" in body.variables && { first: 1 }) };
    return route.continue({ postData: JSON.stringify({ ...body, variables }) });
  };
  await page.route("**/graphql", shorten);
  await open(page, "/admin/sessions", portal.address);
  await inBrowsersOfGrace(1, async () => {
    await page.reload();
    await page.getByRole("link", { name: "Older" }).click();
    await page.waitForURL("**/admin/sessions?after=*");
    await page.getByRole("link", { name: "Newest" }).click();
    await page.waitForURL(`${portal.address}/admin/sessions`);
  });
  assert.ok(sessions.pageInfo.endCursor);
});

browserTest("an account is connected at the provider, and disconnected", { allow }, async (page) => {
  await signIn(page, portal, "grace");
  await open(page, "/account/connections", portal.address);
  await page.getByRole("heading", { name: "No connected accounts" }).waitFor();
  await page.getByRole("button", { name: "Connect Acme" }).click();
  await page.waitForURL((url) => url.href.startsWith(portal.provider.issuer) || url.pathname === "/account/connections");
  if (page.url().startsWith(portal.provider.issuer)) await logIn(page, "grace");
  await page.waitForURL(`${portal.address}/account/connections`);
  const row = page.getByRole("table", { name: "Connected accounts" }).getByRole("row", { name: /Acme/ });
  await row.waitFor();
  await settled(page);
  await checkEverywhere(page);
  const { viewer } = await ask(page, "{ viewer { connectedAccounts { provider } } }");
  assert.deepEqual(viewer.connectedAccounts, [{ provider: "acme" }]);

  await row.getByRole("button", { name: "Disconnect" }).click();
  await page.getByRole("dialog", { name: "Disconnect Acme?" }).getByRole("button", { name: "Disconnect" }).click();
  await page.getByText("Acme is disconnected.").waitFor();
  await page.getByRole("heading", { name: "No connected accounts" }).waitFor();
  await settled(page);
  assert.notEqual(await page.evaluate(() => document.activeElement.tagName), "BODY", "the keyboard has a place");
});
