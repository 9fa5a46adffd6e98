import assert from "node:assert/strict";
import { base, browserTest } from "./support/portal.mjs";

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

browserTest("the query editor's page still forbids scripts that are not the portal's", {}, async () => {
  const policy = (await fetch(`${base}/graphiql`)).headers.get("content-security-policy");
  assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';/);
  const elsewhere = (await fetch(`${base}/catalog`)).headers.get("content-security-policy");
  assert.match(elsewhere, /default-src 'none'; script-src 'self'; style-src 'self';/);
});
