import assert from "node:assert/strict";
import { admin, adminBase } from "./support/adminPortal.mjs";
import { asSomeone, base, browserTest } from "./support/portal.mjs";

const run = (page) => page.getByRole("button", { name: "Execute query", exact: false }).click();
const answer = (page) => page.locator(".graphiql-response");

/** Does it again where nothing came of it: the editor's parts come alive one by one. */
async function expectAfter(act, locator) {
  for (let attempt = 0; attempt < 5; attempt++) {
    await act();
    const seen = await locator.waitFor({ timeout: 5_000 }).then(
      () => true,
      () => false,
    );
    if (seen) return;
  }
  await locator.waitFor({ timeout: 1_000 });
}

browserTest("the query editor knows the schema and runs a query over two plugins", {}, async (page) => {
  await page.goto(`${base}/graphiql`);
  await page.locator(".graphiql-query-editor").getByText("viewerCan").first().waitFor();
  await run(page);
  await answer(page).getByText("totalCount").first().waitFor();
  await answer(page).getByText("viewerCan").first().waitFor();
  await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
  await page.getByRole("link", { name: "Query", exact: true }).click();
  await page.getByText("entitiesByRef").first().waitFor();
});

browserTest("a link carries a query and its variables", {}, async (page) => {
  const query = "query One($ref: EntityRef!) { entity(ref: $ref) { ref } }";
  const variables = JSON.stringify({ ref: "component:booking-service" });
  await page.goto(`${base}/graphiql?${new URLSearchParams({ query, variables })}`);
  await page.locator(".graphiql-query-editor").getByText("One").first().waitFor();
  // The editor of the variables comes last, and without it the query runs without them.
  await page.locator(".graphiql-editors").getByText("component:booking-service").first().waitFor();
  const found = answer(page).getByText("component:default/booking-service").first();
  await expectAfter(() => run(page), found);
});

browserTest("a query is saved, found again after a reload, opened and deleted", {}, async (page) => {
  await page.goto(`${base}/graphiql`);
  await page.locator(".graphiql-query-editor").getByText("viewerCan").first().waitFor();
  const pane = page.getByRole("region", { name: "Saved queries" });
  await page.getByRole("button", { name: "Show Saved queries" }).click();
  await pane.getByLabel("Name").fill("My catalog");
  await pane.getByRole("button", { name: "Save this query" }).click();
  await pane.getByText("“My catalog” is saved.").waitFor();
  await pane.getByText("Kept in this browser alone.").waitFor();
  await page.reload();
  // The editor may remember that the pane was open.
  const show = page.getByRole("button", { name: "Show Saved queries" });
  await pane.or(show).first().waitFor();
  if (!(await pane.isVisible())) await show.click();
  await pane.getByRole("button", { name: "Find by words" }).click();
  await page.locator(".graphiql-query-editor").getByText("Find").first().waitFor();
  await page.locator(".graphiql-editors").getByText("train").first().waitFor();
  await pane.getByRole("button", { name: "My catalog", exact: true }).click();
  await page.locator(".graphiql-query-editor").getByText("viewerCan").first().waitFor();
  await pane.getByRole("button", { name: "Delete My catalog" }).click();
  await pane.getByRole("button", { name: "Undo" }).click();
  await pane.getByRole("button", { name: "My catalog", exact: true }).waitFor();
  await pane.getByRole("button", { name: "Delete My catalog" }).click();
  await pane.getByText("None yet.").waitFor();
});

browserTest("what the portal adds to the query editor speaks German, and the editor stays English", { locale: "de-DE" }, async (page) => {
  await page.goto(`${base}/graphiql`);
  await page.getByRole("button", { name: "Show Gespeicherte Abfragen" }).click();
  const pane = page.getByRole("region", { name: "Gespeicherte Abfragen" });
  await pane.getByText("Nur in diesem Browser gespeichert.").waitFor();
  await pane.getByRole("button", { name: "Nach Wörtern suchen" }).waitFor();
  const language = (element) => element.closest("[lang]").lang;
  assert.equal(await pane.evaluate(language), "de");
  assert.equal(await page.getByRole("button", { name: "Execute query", exact: false }).evaluate(language), "en");
});

browserTest("saved queries follow their user to another browser", { token: admin }, async (page) => {
  const openPane = async (page) => {
    await page.goto(`${adminBase}/graphiql`);
    await page.locator(".graphiql-query-editor").getByText("viewerCan").first().waitFor();
    await page.getByRole("button", { name: "Show Saved queries" }).click();
    await page.getByText("Kept with your account").waitFor();
    return page.getByRole("region", { name: "Saved queries" });
  };
  const pane = await openPane(page);
  await pane.getByLabel("Name").fill("Everywhere");
  const kept = page.waitForResponse((response) => response.request().postData()?.includes("KeepSetting"));
  await pane.getByRole("button", { name: "Save this query" }).click();
  assert.ok((await kept).ok());
  await asSomeone({ token: admin }, async (other) => {
    const there = await openPane(other);
    await there.getByRole("button", { name: "Everywhere", exact: true }).waitFor();
  });
});

browserTest("what stands in the editor is shared by a link", {}, async (page) => {
  await page.goto(`${base}/graphiql?${new URLSearchParams({ query: "query Two { viewer { ref } }" })}`);
  await page.locator(".graphiql-query-editor").getByText("Two").first().waitFor();
  await page.getByRole("button", { name: "Copy a link to this query" }).click();
  await page.getByRole("button", { name: "The link is copied" }).waitFor();
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  assert.equal(link.origin + link.pathname, `${base}/graphiql`);
  assert.equal(link.searchParams.get("query").replace(/\s+/g, " "), "query Two { viewer { ref } }");
});

browserTest("the query editor's page still forbids scripts that are not the portal's", {}, async () => {
  const policy = (await fetch(`${base}/graphiql`)).headers.get("content-security-policy");
  assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';/);
  const elsewhere = (await fetch(`${base}/catalog`)).headers.get("content-security-policy");
  assert.match(elsewhere, /default-src 'none'; script-src 'self'(?: 'sha256-[A-Za-z0-9+\/=]+')?; style-src 'self';/);
});
