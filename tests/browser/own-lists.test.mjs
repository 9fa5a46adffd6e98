import assert from "node:assert/strict";
import { checkAccessibility, checkWidth } from "./support/accessibility.mjs";
import { admin, adminBase } from "./support/adminPortal.mjs";
import { address, browserTest, eventually, open, query, rowNames, settled } from "./support/portal.mjs";

const ask = (document, variables) => query(document, variables, { origin: adminBase, token: admin });
const starred = async () => (await ask("{ viewer { starred { ref } } }")).viewer.starred.map(({ ref }) => ref);
const unstar = async () => {
  for (const ref of await starred()) {
    await ask("mutation($input: StarEntityInput!) { starEntity(input: $input) { entity { ref } } }", { input: { ref, starred: false } });
  }
};
const text = async (download) => Buffer.concat(await (await download.createReadStream()).toArray()).toString();

browserTest("what is starred is found again, and the star can be taken back", { token: admin }, async (page) => {
  await unstar();
  await open(page, "/catalog?show=starred", adminBase);
  await page.getByRole("heading", { name: "Nothing starred yet" }).waitFor();
  await checkAccessibility(page);

  await open(page, "/catalog?kind=system", adminBase);
  const [first] = await rowNames(page);
  const row = page.getByRole("row").filter({ has: page.locator("[data-row-link]") }).first();
  await row.hover();
  const star = row.getByRole("button", { name: `Star ${first}` });
  assert.equal(await star.getAttribute("aria-pressed"), "false");
  await star.click();
  await eventually(async () => assert.equal(await star.getAttribute("aria-pressed"), "true"));
  await eventually(async () => assert.equal((await starred()).length, 1));
  assert.equal(address(page), "/catalog?kind=system", "the star is no link");

  await page.getByRole("radio", { name: "Starred" }).click();
  await page.waitForURL("**/catalog?kind=system&show=starred");
  await settled(page);
  assert.deepEqual(await rowNames(page), [first]);
  await checkAccessibility(page);
  await page.locator("[data-row-link]").first().click();
  await page.getByRole("heading", { level: 1, name: first }).waitFor();
  const own = page.getByRole("main").getByRole("button", { name: `Star ${first}` }).first();
  await own.press("Enter");
  await eventually(async () => assert.deepEqual(await starred(), []));
  await page.goBack();
  await page.getByRole("heading", { name: "Nothing matches" }).waitFor();
});

browserTest("a star that the server refuses is taken back, and one reads why", { token: admin }, async (page) => {
  await unstar();
  await open(page, "/catalog?kind=system", adminBase);
  await page.route("**/graphql", (route) => {
    if (!route.request().postData().includes("mutation StarEntity")) return route.continue();
    const errors = [{ message: "the store did not answer", path: ["starEntity"], extensions: { code: "UNAVAILABLE" } }];
    return route.fulfill({ json: { data: { starEntity: null }, errors } });
  });
  const star = page.getByRole("button", { name: /^Star / }).first();
  await star.press("Enter");
  await page.getByText("The star could not be changed.", { exact: false }).waitFor();
  await eventually(async () => assert.equal(await star.getAttribute("aria-pressed"), "false"));
});

browserTest("what is one's own is a list of its own", { token: admin }, async (page) => {
  await open(page, "/catalog", adminBase);
  await page.getByRole("radio", { name: "Owned by me" }).click();
  await page.waitForURL("**/catalog?show=owned");
  await settled(page);
  const { entities } = await ask(
    '{ entities(filter: { ownedByViewer: true }, first: 50, orderBy: [{ field: "metadata.name" }]) { nodes { displayName } } }',
  );
  assert.deepEqual(await rowNames(page), entities.nodes.map(({ displayName }) => displayName));
  await page.getByRole("navigation", { name: "Active filters" }).getByRole("link", { name: /Owned by me/ }).click();
  await page.waitForURL(`${adminBase}/catalog`);
});

browserTest("the whole list leaves as a file, whichever page is open", { token: admin }, async (page) => {
  await open(page, "/catalog?kind=component&size=25", adminBase);
  const { entities } = await ask('{ entities(filter: { kind: ["component"] }, first: 200) { totalCount nodes { ref } } }');
  const save = async (format) => {
    await page.getByRole("button", { name: "Export" }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: format }).click()]);
    await page.getByRole("dialog").waitFor({ state: "detached" });
    return { name: download.suggestedFilename(), text: await text(download) };
  };
  const csv = await save("As CSV");
  assert.equal(csv.name, "catalog.csv");
  const lines = csv.text.trim().split("\r\n");
  assert.equal(lines.length, entities.totalCount + 1);
  assert.match(lines[0], /^\uFEFF?ref,kind,namespace,name,/);

  const json = await save("As JSON");
  assert.deepEqual(
    JSON.parse(json.text).map(({ ref }) => ref).sort(),
    entities.nodes.map(({ ref }) => ref).sort(),
  );

  const yaml = await save("As descriptors (YAML)");
  assert.equal(yaml.text.match(/^---$/gm).length, entities.totalCount);
  const { validateEntity } = await ask("query($yaml: String!) { validateEntity(yaml: $yaml) { valid errors { message } } }", { yaml: yaml.text });
  assert.ok(validateEntity.every(({ valid }) => valid), JSON.stringify(validateEntity.filter(({ valid }) => !valid)));
});

browserTest("an export that fails says so, and leaves no file", { token: admin }, async (page) => {
  await open(page, "/catalog?kind=component", adminBase);
  await page.route("**/graphql", (route) => {
    if (!route.request().postData().includes("query CatalogExport")) return route.continue();
    const errors = [{ message: "the subgraph did not answer", path: ["entities"], extensions: { code: "UNAVAILABLE" } }];
    return route.fulfill({ json: { data: { entities: null }, errors } });
  });
  await page.getByRole("button", { name: "Export" }).click();
  await checkAccessibility(page);
  await page.getByRole("button", { name: "As CSV" }).click();
  const dialog = page.getByRole("dialog", { name: "Exporting the list" });
  await dialog.getByRole("alert").waitFor();
  await settled(page);
  await checkAccessibility(page);
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await page.setViewportSize({ width: 360, height: 700 });
  await checkWidth(page);
});
