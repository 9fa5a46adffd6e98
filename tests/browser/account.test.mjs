import assert from "node:assert/strict";
import { checkAccessibility, checkWidth } from "./support/accessibility.mjs";
import { adminBase, reader } from "./support/adminPortal.mjs";
import { address, browserTest, open, query, settled } from "./support/portal.mjs";

browserTest("who is nobody is led to the sign-in, and from there back to where they wanted to go", {}, async (page) => {
  await open(page, "/catalog?kind=api", adminBase);
  await page.getByRole("heading", { level: 1, name: "Sign in to Lantern" }).waitFor();
  assert.equal(address(page), "/sign-in?returnTo=/catalog%3Fkind%3Dapi");
  const link = page.getByRole("link", { name: "Continue with GitHub" });
  const start = new URL(await link.getAttribute("href"), adminBase);
  assert.equal(start.pathname, "/auth/github/start");
  assert.deepEqual(Object.fromEntries(start.searchParams), { returnTo: "/catalog?kind=api", flow: "redirect" });
});

browserTest("no link leads out of the portal by the sign-in", {}, async (page) => {
  for (const evil of ["//evil.example", "https://evil.example", "/\\evil.example", "/auth/github/start"]) {
    await open(page, `/sign-in?returnTo=${encodeURIComponent(evil)}`, adminBase);
    const link = page.getByRole("link", { name: "Continue with GitHub" });
    const start = new URL(await link.getAttribute("href"), adminBase);
    assert.equal(start.searchParams.get("returnTo"), "/", evil);
  }
});

browserTest("a sign-in opens beside the page, and what comes of it there is told here", {}, async (page) => {
  await page.context().route(/\/auth\/github\/start/, (route) => {
    const { searchParams } = new URL(route.request().url());
    assert.equal(searchParams.get("flow"), "popup");
    const to = "/auth/popup?error=no_user&reason=no+user+belongs+to+this+account&provider=github";
    return route.fulfill({ contentType: "text/html", body: `<script>location.replace("${to}")</script>` });
  });
  await open(page, "/sign-in", adminBase);
  const [popup] = await Promise.all([page.waitForEvent("popup"), page.getByRole("link", { name: "Continue with GitHub" }).click()]);
  if (!popup.isClosed()) await popup.waitForEvent("close");
  await page.getByRole("alert").getByText("the catalog has no user for this account", { exact: false }).waitFor();
});

browserTest("why a sign-in failed is told in words", {}, async (page) => {
  await open(page, "/sign-in?error=invalid_state&reason=%3Cb%3Eit%20took%20too%20long%3C%2Fb%3E&provider=github", adminBase);
  const alert = page.getByRole("alert");
  await alert.getByText("Please begin again", { exact: false }).waitFor();
  await alert.getByText("The answer about GitHub was: “<b>it took too long</b>”", { exact: true }).waitFor();
  await checkAccessibility(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await checkAccessibility(page);
  await page.setViewportSize({ width: 360, height: 700 });
  await checkWidth(page);
});

browserTest("words that anybody puts into a link are not told as the portal's own", {}, async (page) => {
  for (const made of ["error=x&provider=github", "error=no_user&provider=IT", "error=no_user"]) {
    await open(page, `/sign-in?${made}&reason=Call+555-0100`, adminBase);
    await page.getByRole("alert").waitFor();
    await settled(page);
    assert.equal(await page.getByText("555-0100").count(), 0, made);
  }
});

browserTest("a token is shown once, works, and is refused once it is revoked", { token: reader }, async (page) => {
  await open(page, "/account/tokens", adminBase);
  await page.getByRole("button", { name: "Create a token" }).click();
  const dialog = page.getByRole("dialog", { name: "Create a token" });
  await dialog.getByRole("textbox", { name: "Name" }).fill("my laptop");
  await dialog.getByRole("combobox", { name: "Valid for" }).selectOption("7d");
  await dialog.getByText("Only this").click();
  await dialog.getByRole("combobox", { name: "Permissions" }).fill("catalog.*");
  await page.keyboard.press("Enter");
  await checkAccessibility(page);
  await dialog.getByRole("button", { name: "Create a token" }).click();

  const shown = page.getByRole("dialog", { name: "Copy the token now" });
  await shown.getByText("This is the only time that it is shown.", { exact: false }).waitFor();
  await checkAccessibility(page);
  await shown.getByRole("button", { name: "Copy", exact: true }).click();
  const token = await page.evaluate(() => navigator.clipboard.readText());
  const who = () => query("{ viewer { ref } }", {}, { origin: adminBase, token });
  assert.equal((await who()).viewer.ref, "user:default/aiko.tanaka");
  await shown.getByRole("button", { name: "I have copied it" }).click();

  const row = page.getByRole("row", { name: /my laptop/ });
  await row.getByRole("cell", { name: "catalog.*" }).waitFor();
  await row.getByText("in 7 days").waitFor();
  assert.ok(!(await page.content()).includes(token), "nothing of it is left on the page");
  await row.getByRole("button", { name: "Revoke: my laptop" }).click();
  await page.getByRole("dialog", { name: "Revoke my laptop?" }).getByRole("button", { name: "Revoke" }).click();
  await page.getByText("The token my laptop was revoked.").waitFor();
  await assert.rejects(who, /UNAUTHENTICATED/);
  await settled(page);
  assert.notEqual(await page.evaluate(() => document.activeElement.tagName), "BODY", "the keyboard has a place");
});

browserTest("no token is lost: not by a list that fails, nor by a key that closes too early", { token: reader, allow: [/500/] }, async (page) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await open(page, "/account/tokens", adminBase);
  await page.getByRole("button", { name: "Create a token" }).click();
  await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill("kept");
  await page.route("**/graphql", (route) =>
    route.request().postData().includes("OwnTokens") ? route.fulfill({ status: 500, body: "" }) : route.continue(),
  );
  await page.getByRole("dialog").getByRole("button", { name: "Create a token" }).click();
  const shown = page.getByRole("dialog", { name: "Copy the token now" });
  await page.getByText("This may be out of date: it could not be loaded again.", { exact: false }).waitFor({ state: "attached" });
  const field = shown.getByRole("textbox", { name: "Token" });
  const token = await field.inputValue();
  await page.keyboard.press("Escape");
  await shown.getByRole("alert").getByText("The token is not copied yet", { exact: false }).waitFor();
  await shown.getByRole("button", { name: "Copy", exact: true }).click();
  await shown.getByText("press Ctrl+C", { exact: false }).waitFor();
  assert.equal(await page.evaluate(() => getSelection().toString()), token, "it is selected");
  await checkAccessibility(page);
  await page.keyboard.press("Control+c");
  await shown.getByRole("button", { name: "Copied", exact: true }).waitFor();
  await page.keyboard.press("Escape");
  await shown.waitFor({ state: "detached" });
  await page.unroute("**/graphql");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("row", { name: /kept/ }).waitFor();
});

browserTest("a session that ends costs nobody the page they are on", { token: reader, allow: [/401/] }, async (page) => {
  await open(page, "/account", adminBase);
  await page.route("**/graphql", (route) =>
    route.fulfill({
      status: 401,
      contentType: "application/json",
      body: JSON.stringify({ errors: [{ message: "the session has ended", extensions: { code: "UNAUTHENTICATED" } }] }),
    }),
  );
  await page.getByRole("link", { name: "Tokens" }).click();
  const notice = page.getByRole("alert").filter({ hasText: "Your session has ended." }).first();
  await notice.waitFor();
  await checkAccessibility(page);
  const [other] = await Promise.all([page.waitForEvent("popup"), notice.getByRole("link", { name: "Sign in again" }).click()]);
  await other.waitForURL("**/sign-in?returnTo=/account/tokens");
});

browserTest("the account is at the foot of the rail", { token: reader }, async (page) => {
  await open(page, "/catalog", adminBase);
  await page.getByRole("button", { name: "Account of Aiko Tanaka" }).first().click();
  await checkAccessibility(page);
  await page.getByRole("link", { name: "Account", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Account" }).waitFor();
  await page.getByRole("region", { name: "Who you are" }).getByText("user:default/aiko.tanaka").waitFor();
  await page.getByRole("region", { name: "Groups" }).getByText("Journeys").waitFor();
});

browserTest("a guest who signs in comes back to where they are, not to where they were", {}, async (page) => {
  await open(page, "/catalog?kind=user");
  await page.locator("[data-row-link]").first().click();
  await page.waitForURL("**/catalog/default/user/*");
  await page.getByRole("button", { name: "Account of Guest" }).first().click();
  const link = page.getByRole("link", { name: "Sign in" });
  assert.equal(await link.getAttribute("href"), `/sign-in?returnTo=${address(page)}`);
});

browserTest("a guest is told what signing in would give them", {}, async (page) => {
  await open(page, "/account/tokens");
  await page.getByText("Guests have no tokens.", { exact: false }).waitFor();
  await open(page, "/sign-in");
  await page.getByRole("link", { name: "Continue as a guest" }).waitFor();
  await checkAccessibility(page);
});

for (const part of ["", "/sessions", "/tokens", "/connections"]) {
  browserTest(`the account${part}: accessible, light and dark, and fits a phone`, { token: reader }, async (page) => {
    await open(page, `/account${part}`, adminBase);
    await checkAccessibility(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await checkAccessibility(page);
    await page.setViewportSize({ width: 360, height: 700 });
    await checkWidth(page);
    await checkAccessibility(page);
  });
}
