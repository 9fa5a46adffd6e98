// The page of APIs, and the way from a page to its query.
import assert from "node:assert/strict";
import { checkAccessibility } from "./support/accessibility.mjs";
import { address, browserTest, open, query, rowNames, settled } from "./support/portal.mjs";

browserTest("the page of APIs lists them all and nothing else, and stays one however it is narrowed", {}, async (page) => {
  const { entities } = await query('{ entities(filter: { kind: ["api"] }, first: 100) { nodes { displayName type } } }');
  await open(page, "/catalog");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "APIs" }).click();
  await page.getByRole("heading", { level: 1, name: "APIs" }).waitFor();
  await settled(page);
  assert.deepEqual((await rowNames(page)).sort(), entities.nodes.map(({ displayName }) => displayName).sort());
  assert.equal(await page.getByRole("group", { name: "Kind" }).count(), 0);
  const grpc = entities.nodes.filter(({ type }) => type === "grpc").map(({ displayName }) => displayName);
  await page.getByRole("checkbox", { name: /grpc/ }).first().check();
  await page.waitForURL("**/apis?type=grpc");
  await settled(page);
  assert.deepEqual(await rowNames(page), grpc);
  assert.equal(await page.locator("[aria-label=Main] [aria-current=page]").first().textContent(), "APIsg i");
  await checkAccessibility(page);
  await page.goBack();
  await settled(page);
  assert.equal(address(page), "/apis");
});

browserTest("a list opens its own query in the query editor, with its variables", {}, async (page) => {
  await open(page, "/catalog?kind=component&text=booking");
  await page.getByRole("link", { name: "Query for this page" }).click();
  await page.waitForURL("**/graphiql?**");
  const editor = page.locator(".graphiql-query-editor");
  await editor.getByText("CatalogList").first().waitFor();
  assert.match(new URL(page.url()).searchParams.get("variables"), /"text":"booking"/);
});

browserTest("an entity with several queries lets one choose", {}, async (page) => {
  await open(page, "/catalog/default/component/booking-service");
  const link = page.getByRole("link", { name: "Query for this page" });
  const href = new URL(await link.getAttribute("href"), "http://portal");
  const { entity } = await query(href.searchParams.get("query"), JSON.parse(href.searchParams.get("variables")));
  assert.equal(entity.ref, "component:default/booking-service");
  await open(page, "/catalog/default/component/booking-service/relations");
  await page.getByRole("button", { name: "Query for this page" }).click();
  await page.getByRole("link", { name: "EntityRelations" }).waitFor();
  await page.getByRole("link", { name: "EntityPage" }).waitFor();
  await checkAccessibility(page);
});
