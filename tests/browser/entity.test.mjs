import assert from "node:assert/strict";
import { address, browserTest, eventually, open, query, settled } from "./support/portal.mjs";

/** A component of the demo with an owner, a system and relations. */
async function component() {
  const { entities } = await query(
    '{ entities(filter: { kind: ["component"] }, first: 200) { nodes { ref name namespace displayName description owner { ref displayName } system { displayName } relations(first: 0) { totalCount } } } }',
  );
  const found = entities.nodes.find(({ owner, system, relations }) => owner && system && relations.totalCount > 2);
  assert.ok(found, "the demo has a component with an owner, a system and relations");
  return { ...found, path: `/catalog/${found.namespace.toLowerCase()}/component/${found.name.toLowerCase()}` };
}

browserTest("a row leads to its entity, and back to where one was", { height: 600 }, async (page) => {
  await open(page, "/catalog?sort=-name");
  const row = page.locator("[data-row-link]").nth(20);
  const name = await row.textContent();
  await row.scrollIntoViewIfNeeded();
  const scrolled = await page.evaluate(() => window.scrollY);
  assert.ok(scrolled > 0, "the row was below the fold");
  await row.click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
  await settled(page);
  assert.equal(await page.evaluate(() => window.scrollY), 0);
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: "Catalog" }).waitFor();
  await page.waitForFunction((expected) => Math.abs(window.scrollY - expected) < 4, scrolled);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), name);
});

browserTest("the overview says what an entity is and what it is related to", {}, async (page) => {
  const { ref, path, displayName, description, owner, system } = await component();
  await open(page, path);
  assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), displayName);
  await page.getByText(ref, { exact: true }).waitFor();
  if (description) await page.getByText(description.split("\n")[0]).first().waitFor();
  const about = page.getByRole("region", { name: "About" });
  await about.getByRole("link", { name: owner.displayName }).waitFor();
  await about.getByRole("link", { name: system.displayName }).waitFor();
  assert.equal(await page.title(), `${displayName} · Lantern`);

  const titles = { dependsOn: "Depends on", providesApi: "Provides APIs", consumesApi: "Consumes APIs" };
  for (const [type, title] of Object.entries(titles)) {
    const { entity } = await query(
      "query($ref: EntityRef!, $type: [String!]) { entity(ref: $ref) { relations(type: $type, first: 6) { totalCount nodes { targetRef target { displayName } } } } }",
      { ref, type: [type] },
    );
    const card = page.getByRole("region", { name: title, exact: true });
    assert.equal(await card.count(), entity.relations.totalCount > 0 ? 1 : 0, title);
    for (const { target } of entity.relations.nodes) {
      if (target) await card.getByRole("link", { name: target.displayName, exact: true }).first().waitFor();
    }
  }
});

browserTest("a reference to nothing is shown as such, and is no link", {}, async (page) => {
  const { entities } = await query(
    "{ entities(first: 500) { nodes { ref namespace kind name relations(first: 100) { nodes { type targetRef target { ref } } } } } }",
  );
  const holder = entities.nodes.find(({ relations }) => relations.nodes.some(({ target }) => target === null));
  assert.ok(holder, "the demo has a dangling relation");
  const { targetRef } = holder.relations.nodes.find(({ target }) => target === null);
  await open(page, `/catalog/${holder.namespace}/${holder.kind}/${holder.name}/relations`.toLowerCase());
  const chip = page.getByTitle(`${targetRef} does not exist, or you may not see it`).first();
  await chip.waitFor();
  assert.equal(await chip.evaluate((element) => element.closest("a")), null);
});

browserTest("relations are a table that can be narrowed to one type", {}, async (page) => {
  const { ref, path, relations } = await component();
  await open(page, path);
  await page.getByRole("link", { name: `Relations ${relations.totalCount}` }).click();
  await page.waitForURL(`**${path}/relations`);
  await page.getByText(`${Math.min(50, relations.totalCount)} of ${relations.totalCount}`).waitFor();
  const { entity } = await query(
    'query($ref: EntityRef!) { entity(ref: $ref) { relations(type: ["ownedBy"], first: 0) { totalCount } } }',
    { ref },
  );
  await page.getByRole("navigation", { name: "Relation" }).getByRole("link", { name: "Owned by" }).click();
  await page.waitForURL(`**${path}/relations?type=ownedBy`);
  await eventually(async () => {
    assert.deepEqual(
      await page.locator("main tbody td:first-child").allTextContents(),
      Array(entity.relations.totalCount).fill("Owned by"),
    );
  });
});

browserTest("the YAML tab shows the entity as it is held, in either notation, and copies it", {}, async (page) => {
  const { ref, path } = await component();
  await open(page, `${path}/yaml`);
  const code = page.getByRole("region", { name: "YAML" });
  assert.match(await code.textContent(), /^apiVersion: .*\nkind: Component\nmetadata:\n/);
  await page.getByRole("link", { name: "JSON" }).click();
  await page.waitForURL(`**${path}/yaml?format=json`);
  await page.getByRole("region", { name: "JSON" }).waitFor();
  const { entity } = await query("query($ref: EntityRef!) { entity(ref: $ref) { apiVersion kind metadata spec } }", { ref });
  await page.getByRole("button", { name: "Copy JSON" }).click();
  assert.deepEqual(JSON.parse(await page.evaluate(() => navigator.clipboard.readText())), entity);
});

browserTest("an API shows its definition", {}, async (page) => {
  const { entities } = await query(
    '{ entities(filter: { kind: ["api"] }, first: 100) { nodes { namespace name displayName ... on API { definition } } } }',
  );
  const api = entities.nodes.find(({ definition }) => definition);
  assert.ok(api, "the demo has an API with a definition");
  await open(page, `/catalog/${api.namespace}/api/${api.name}/definition?view=source`.toLowerCase());
  assert.equal(await page.getByRole("region", { name: "Definition" }).textContent(), api.definition);
});

browserTest("lingering on a reference tells more about it", {}, async (page) => {
  const { path, owner } = await component();
  await open(page, path);
  await page.getByRole("region", { name: "About" }).getByRole("link", { name: owner.displayName }).hover();
  const card = page.getByRole("tooltip");
  await card.getByText(owner.ref).waitFor();
  await page.keyboard.press("Escape");
  await page.mouse.move(5, 5);
  await card.waitFor({ state: "detached" });
});

browserTest("what does not exist looks like what one may not see", { allow: [/404/] }, async (page) => {
  for (const path of [
    "/catalog/default/component/no-such-thing",
    "/catalog/default/no-such-kind/no-such-thing",
    "/catalog/default/component/no:such:thing",
    "/no/such/page",
  ]) {
    await open(page, path);
    await page.getByRole("heading", { name: "There is nothing here" }).waitFor();
    assert.equal(address(page), path);
    await page.getByRole("link", { name: "Open the catalog" }).waitFor();
  }
  const { path } = await component();
  await open(page, `${path}/no-such-tab`);
  await page.getByRole("heading", { name: "There is nothing here" }).waitFor();
});
