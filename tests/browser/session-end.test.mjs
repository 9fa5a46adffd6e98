// What becomes of a page whose reader's session is over: the server goes on with nobody, or with the guest.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkAccessibility } from "./support/accessibility.mjs";
import { browserTest, open, settled } from "./support/portal.mjs";
import { allow, ask, signIn, startSignedIn } from "./support/signedIn.mjs";

/** Lets enough time go by that everything on the page is asked for again when somebody comes back to it. */
async function comeBackLater(page, minutes) {
  await page.clock.setFixedTime(new Date(Date.now() + minutes * 60_000));
  await page.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));
  await settled(page);
}

/** The provider still knows them, so that it asks nothing. */
async function signInAgain(page, { address }) {
  await page.goto(`${address}/auth/acme/start?returnTo=/catalog`);
  await page.waitForURL(`${address}/catalog`);
}

async function endSessions(page) {
  await ask(page, `mutation { revokeSessionsOf(input: { subject: "user:default/ada" }) { count } }`);
}

for (const guest of [false, true]) {
  const portal = await startSignedIn({ guest });
  test.after(() => portal.stop());
  const where = guest ? "with a guest" : "without a guest";

  browserTest(`a session that ends costs nobody what they have not saved, ${where}`, { allow }, async (page) => {
    await signIn(page, portal);
    await ask(page, `mutation { createRole(input: { name: "crew", members: [] }) { role { name } } }`);
    await open(page, "/admin/roles/crew", portal.address);
    await page.getByRole("checkbox", { name: "Everyone has it" }).check();
    await page.getByText("1 change is not saved").waitFor();

    await endSessions(page);
    await comeBackLater(page, 1);
    const notice = page.getByRole("alert").filter({ hasText: "Your session has ended." });
    await notice.waitFor();
    assert.equal(await page.getByRole("heading", { name: "You may not see this" }).count(), 0);
    assert.ok(await page.getByRole("checkbox", { name: "Everyone has it" }).isChecked());
    await page.getByText("1 change is not saved").waitFor();
    assert.ok((await page.getByText("Ada L.").count()) > 0, "whose page it is stays");
    await checkAccessibility(page);

    const [other] = await Promise.all([page.waitForEvent("popup"), notice.getByRole("link", { name: "Sign in again" }).click()]);
    await other.waitForURL("**/sign-in?returnTo=/admin/roles/crew");
    await other.getByRole("link", { name: "Continue with Acme" }).waitFor();
    await signInAgain(other, portal);
    await other.close();
    await comeBackLater(page, 2);
    await notice.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Review changes" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await page.getByText("The role crew was saved.").waitFor();
  });

  browserTest(`lists stay, too, ${where}`, { allow }, async (page) => {
    await signIn(page, portal);
    await ask(page, 'mutation { starEntity(input: { ref: "user:default/grace" }) { entity { ref } } }');
    for (const [position, path] of ["/account/sessions", "/admin/audit", "/account", "/catalog?show=starred"].entries()) {
      await open(page, path, portal.address);
      const content = async () => (await page.locator("main dt, main th, main h2, main tr td:first-child").allTextContents()).join();
      const before = await content();
      await endSessions(page);
      await comeBackLater(page, position + 1);
      await page.getByRole("alert").filter({ hasText: "Your session has ended." }).waitFor();
      assert.equal(await content(), before);
      await signInAgain(page, portal);
    }
  });
}
