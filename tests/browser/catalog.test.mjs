import assert from "node:assert/strict";
import { address, browserTest, eventually, open, query, rowNames, settled } from "./support/portal.mjs";

const list = (page) => page.getByRole("table", { name: "Catalog" });
const facet = (page, name) => page.getByRole("complementary").getByRole("group", { name, exact: true });

browserTest("the list shows what the graph holds, and says how much that is", {}, async (page) => {
  await open(page, "/catalog");
  const { entities } = await query(
    '{ entities(first: 50, orderBy: [{ field: "metadata.name" }]) { totalCount nodes { displayName } } }',
  );
  const names = await rowNames(page);
  assert.ok(names.length > 20, "the window is full");
  assert.deepEqual(names, entities.nodes.map(({ displayName }) => displayName).slice(0, names.length));
  const count = new Intl.NumberFormat("en").format(entities.totalCount);
  assert.match(await page.locator("main footer [role=status]").textContent(), new RegExp(`^${count} entities, [\\d,]+ ms$`));
});

browserTest("facets count as the graph counts, each within the other filters", {}, async (page) => {
  await open(page, "/catalog?kind=component&kind=api&lifecycle=production");
  const fields = { Kind: "kind", Owner: "relations.ownedBy", Type: "spec.type", Lifecycle: "spec.lifecycle", Tag: "metadata.tags" };
  const filters = {
    Kind: { lifecycle: ["production"] },
    Lifecycle: { kind: ["component", "api"] },
  };
  for (const [name, field] of Object.entries(fields)) {
    const filter = filters[name] ?? { kind: ["component", "api"], lifecycle: ["production"] };
    const { entities } = await query(
      "query($filter: EntityFilter, $fields: [String!]!) { entities(filter: $filter, first: 0) { facets(fields: $fields) { values { value count } } } }",
      { filter, fields: [field] },
    );
    const group = facet(page, name);
    const more = group.getByRole("button", { name: /^Show all/ });
    if (await more.count()) await more.click();
    const shown = await group.locator("label").evaluateAll((labels) =>
      labels.map((label) => [label.title, Number(label.lastElementChild.textContent.replace(",", ""))]),
    );
    const expected = entities.facets[0].values.map(({ value, count }) => [value, count]);
    assert.deepEqual(new Map(shown), new Map(expected), name);
    assert.ok(expected.length > 0, `${name} has values to compare`);
  }
});

browserTest("owners go by their names, here and in what is active", {}, async (page) => {
  const { entities } = await query('{ entities(first: 0) { facets(fields: ["relations.ownedBy"]) { values { value } } } }');
  const refs = entities.facets[0].values.map(({ value }) => value);
  const { entitiesByRef } = await query("query($refs: [EntityRef!]!) { entitiesByRef(refs: $refs) { ref name displayName } }", { refs });
  const named = entitiesByRef.filter((owner) => owner && owner.displayName !== owner.name);
  assert.ok(named.length > 0, "some owner has a name of its own");
  const { ref, displayName } = named[0];
  await open(page, `/catalog?owner=${encodeURIComponent(ref)}`);
  const group = facet(page, "Owner");
  await group.getByLabel(displayName).first().waitFor();
  await page.getByRole("navigation", { name: "Active filters" }).getByText(displayName, { exact: true }).waitFor();
  const more = group.getByRole("button", { name: /^Show all/ });
  if (await more.count()) await more.click();
  const shown = new Map(await group.locator("label").evaluateAll((labels) =>
    labels.map((label) => [label.title, label.lastElementChild.previousElementSibling.textContent]),
  ));
  for (const owner of named) assert.equal(shown.get(owner.ref), owner.displayName);
});

browserTest("a filter goes into the address, and back takes it out again", {}, async (page) => {
  await open(page, "/catalog");
  const all = await rowNames(page);
  await facet(page, "Kind").getByLabel("API", { exact: false }).check();
  await page.waitForURL("**/catalog?kind=api");
  await settled(page);
  const apis = await rowNames(page);
  const { entities } = await query('{ entities(filter: { kind: ["API"] }, first: 50) { totalCount nodes { displayName } } }');
  assert.deepEqual(new Set(apis), new Set(entities.nodes.map(({ displayName }) => displayName)));

  await facet(page, "Kind").getByLabel("System", { exact: false }).check();
  await page.waitForURL("**/catalog?kind=api&kind=system");
  const shows = (names) => eventually(async () => assert.deepEqual(await rowNames(page), names));
  await page.goBack();
  await page.waitForURL("**/catalog?kind=api");
  await shows(apis);
  await page.goBack();
  await page.waitForURL("**/catalog");
  await shows(all);
  await page.goForward();
  await page.waitForURL("**/catalog?kind=api");
  await shows(apis);
});

browserTest("an address alone restores the whole list", {}, async (page) => {
  const path = "/catalog?kind=component&type=service&text=e&sort=-name&size=25";
  await open(page, path);
  assert.equal(address(page), path);
  const { entities } = await query(
    '{ entities(filter: { kind: ["component"], type: ["service"] }, text: "e", orderBy: [{ field: "metadata.name", direction: DESC }], first: 25) { nodes { displayName } } }',
  );
  assert.deepEqual(await rowNames(page), entities.nodes.map(({ displayName }) => displayName));
  assert.equal(await page.getByRole("searchbox", { name: "Find in the catalog" }).inputValue(), "e");
  assert.ok(await facet(page, "Type").getByLabel("service").isChecked());
});

browserTest("chips take one filter away, or all of them", {}, async (page) => {
  await open(page, "/catalog?kind=component&lifecycle=production&sort=type");
  await page.getByRole("link", { name: "Remove filter Lifecycle production" }).click();
  await page.waitForURL("**/catalog?kind=component&sort=type");
  await page.getByRole("link", { name: "Clear all" }).click();
  await page.waitForURL("**/catalog?sort=type");
  assert.equal(await page.getByRole("navigation", { name: "Active filters" }).count(), 0);
});

browserTest("typing narrows the list, and Escape widens it again", {}, async (page) => {
  await open(page, "/catalog");
  await page.keyboard.press("/");
  const [{ name }] = (await query('{ entities(filter: { kind: ["component"] }, first: 1) { nodes { name } } }')).entities.nodes;
  await page.keyboard.type(name);
  await page.waitForURL(`**/catalog?text=${name}`);
  await settled(page);
  const { entities } = await query("query($text: String) { entities(text: $text, first: 50) { totalCount } }", { text: name });
  assert.equal((await rowNames(page)).length, entities.totalCount);
  await page.keyboard.press("Escape");
  await page.waitForURL("**/catalog");
});

browserTest("headers sort upwards, downwards, and say so", {}, async (page) => {
  await open(page, "/catalog?kind=component");
  const header = list(page).getByRole("columnheader", { name: "Type" });
  await header.getByRole("link").click();
  await page.waitForURL("**sort=type");
  await settled(page);
  await eventually(async () => assert.equal(await header.getAttribute("aria-sort"), "ascending"));
  const types = (await list(page).locator("tbody tr td:nth-child(4)").allTextContents()).filter(Boolean);
  assert.ok(types.length > 10);
  assert.deepEqual(types, [...types].sort());
  await header.getByRole("link").click();
  await page.waitForURL("**sort=-type");
  await settled(page);
  assert.equal(await header.getAttribute("aria-sort"), "descending");
});

browserTest("pages follow one another without loss or repetition, in both directions", {}, async (page) => {
  const { entities } = await query('{ entities(first: 500, orderBy: [{ field: "metadata.name" }]) { nodes { displayName } } }');
  const all = entities.nodes.map(({ displayName }) => displayName);
  assert.ok(all.length > 25, "the demo has more than one page");
  await open(page, "/catalog?size=25");
  const seen = [await rowNames(page)];
  const pages = page.getByRole("navigation", { name: "Pages" });
  const turn = async (direction) => {
    const [first] = await rowNames(page);
    await pages.getByRole("link", { name: direction }).click();
    await eventually(async () => assert.notEqual((await rowNames(page))[0], first));
    return rowNames(page);
  };
  while (seen.flat().length < all.length) seen.push(await turn("Next"));
  assert.deepEqual(seen.flat(), all);
  assert.equal(await pages.getByRole("link", { name: "Next" }).getAttribute("aria-disabled"), "true");
  const turned = await turn("Previous");
  assert.match(address(page), /before=/);
  const end = all.length - seen.at(-1).length;
  assert.deepEqual(turned, all.slice(end - 25, end));
});

browserTest("a filter that nothing fits says so and offers a way out", {}, async (page) => {
  await open(page, "/catalog?text=no-such-thing-anywhere");
  await page.getByRole("heading", { name: "Nothing matches" }).waitFor();
  await page.getByRole("link", { name: "Clear all" }).last().click();
  await page.waitForURL("**/catalog");
});

browserTest("problems in descriptors are one click away", {}, async (page) => {
  const { unprocessedEntities } = await query("{ unprocessedEntities { totalCount nodes { location errors { message } } } }");
  assert.ok(unprocessedEntities.totalCount > 0, "the demo has a broken descriptor");
  await open(page, "/catalog");
  await page.getByRole("link", { name: /have problems|has problems/ }).click();
  await page.waitForURL("**/catalog/problems");
  for (const { location, errors } of unprocessedEntities.nodes) {
    await page.getByText(location, { exact: false }).first().waitFor();
    for (const { message } of errors) await page.getByText(message.replaceAll("`", ""), { exact: false }).first().waitFor();
  }
});
