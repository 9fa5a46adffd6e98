import assert from "node:assert/strict";
import { test } from "node:test";
import { checkAccessibility, checkWidth } from "./support/accessibility.mjs";
import { admin, adminBase } from "./support/adminPortal.mjs";
import { component } from "./support/fileHost.mjs";
import { address, browserTest, eventually, open, query, rowNames, settled } from "./support/portal.mjs";
import { freePort, startPortal } from "./support/server.mjs";

const count = 1203;
const nameOf = (number) => `part-${String(number).padStart(4, "0")}`;
const long = await startPortal({
  port: await freePort(),
  config: {
    auth: { guest: { enabled: true } },
    permission: { roles: [{ name: "readers", members: ["*"], grants: [{ permission: "catalog.entity.read" }] }] },
  },
  files: { "parts.yaml": Array.from({ length: count }, (_, number) => component(nameOf(number))).join("---\n") },
});
test.after(() => long.stop());
await eventually(async () => {
  const { entities } = await query('{ entities(filter: { kind: ["component"] }, first: 0) { totalCount } }', {}, { origin: long.address });
  assert.equal(entities.totalCount, count);
}, 60_000);

const ask = (document, variables) => query(document, variables, { origin: adminBase, token: admin });
const forget = (key) =>
  ask("mutation($input: UpdateViewerSettingsInput!) { updateViewerSettings(input: $input) { viewer { ref } } }", { input: { key } });
const kept = async (key) => (await ask("query($key: String!) { viewer { settings(key: $key) } }", { key })).viewer.settings;
const row = (page, name) => page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
const scrollTo = (page, top) => page.evaluate((to) => window.scrollTo(0, to), top);

browserTest("a list of more than a thousand is scrolled through, from either end and in the middle", {}, async (page) => {
  const pages = [];
  page.on("request", (request) => request.postData()?.includes("query CatalogList") && pages.push(request));
  await open(page, "/catalog?kind=component", long.address);
  const table = page.getByRole("table", { name: "Catalog" });
  assert.equal(await table.getAttribute("aria-rowcount"), String(count + 1));
  assert.equal((await rowNames(page))[0], nameOf(0));
  assert.ok((await rowNames(page)).length < 100, "only what is in sight is drawn");
  const height = await page.evaluate(() => document.documentElement.scrollHeight);

  await scrollTo(page, height);
  await eventually(async () => assert.equal((await rowNames(page)).at(-1), nameOf(count - 1)));
  await scrollTo(page, height / 2);
  await eventually(async () => {
    const names = await rowNames(page);
    assert.ok(names.length > 20 && Math.abs(Number(names[10].slice(5)) - count / 2) < 40, names[10]);
    assert.equal(Number(names.at(-1).slice(5)) - Number(names[0].slice(5)), names.length - 1, "without a gap");
  });
  assert.equal(await page.evaluate(() => document.documentElement.scrollHeight), height, "nothing moved");
  assert.ok(pages.length < 12, `${pages.length} pages were fetched`);
  await settled(page);
  await checkAccessibility(page);
});

browserTest("coming back to a long list finds the place that one left", {}, async (page) => {
  await open(page, "/catalog?kind=component", long.address);
  await scrollTo(page, 20_000);
  await eventually(async () => assert.ok((await rowNames(page)).length > 20));
  const link = page.locator("[data-row-link]").nth(18);
  const name = await link.textContent();
  await link.focus();
  const top = await page.evaluate(() => window.scrollY);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name }).waitFor();
  await page.goBack();
  await row(page, name).waitFor();
  await eventually(async () => assert.equal(await page.evaluate(() => window.scrollY), top));
  await row(page, name).getByRole("link", { name, exact: true }).focus();
  await page.keyboard.press("j");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), nameOf(Number(name.slice(5)) + 1));
});

browserTest("those who would rather turn pages do, and narrow screens always do", {}, async (page) => {
  await open(page, "/catalog?kind=component", long.address);
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("radio", { name: "Page by page" }).check();
  await page.keyboard.press("Escape");
  await settled(page);
  assert.equal((await rowNames(page)).length, 50);
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Next" }).click();
  await eventually(async () => assert.equal((await rowNames(page))[0], nameOf(50)));
  await page.reload();
  await settled(page);
  assert.equal((await rowNames(page)).length, 50, "it is kept");
});

browserTest("a narrow screen turns pages", { width: 375, height: 800, scheme: "dark" }, async (page) => {
  await open(page, "/catalog?kind=component", long.address);
  assert.equal((await rowNames(page)).length, 50);
  await page.getByRole("checkbox", { name: `Select ${nameOf(1)}` }).check();
  await page.getByRole("toolbar").waitFor();
  await checkWidth(page);
  await checkAccessibility(page);
});

browserTest("a view keeps filters, order and columns with the account, is shared by its link, renamed and deleted", { token: admin }, async (page) => {
  await forget("catalog.views");
  await forget("catalog.columns");
  await open(page, "/catalog?kind=component&sort=-name", adminBase);
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("checkbox", { name: "Tags" }).uncheck();
  await page.keyboard.press("Escape");
  await eventually(async () => assert.equal(await page.getByRole("columnheader", { name: "Tags" }).count(), 0));
  await eventually(async () => assert.deepEqual(await kept("catalog.columns"), ["owner", "type", "lifecycle", "system"]));

  await page.getByRole("button", { name: "Saved views" }).click();
  await page.getByRole("button", { name: "Save this view" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText("A view needs a name.").waitFor();
  await dialog.getByRole("textbox", { name: "Name" }).fill("Backwards");
  await checkAccessibility(page);
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  await eventually(async () => assert.equal((await kept("catalog.views"))[0]?.name, "Backwards"));

  await open(page, "/catalog", adminBase);
  await page.getByRole("button", { name: "Saved views" }).click();
  await page.getByRole("link", { name: "Backwards" }).click();
  await page.waitForURL(/kind=component/);
  assert.match(address(page), /sort=-name/);
  assert.match(address(page), /columns=owner/);
  await settled(page);
  const names = await rowNames(page);
  const { entities } = await ask(
    '{ entities(filter: { kind: ["component"] }, orderBy: [{ field: "metadata.name", direction: DESC }], first: 50) { nodes { displayName } } }',
  );
  assert.deepEqual(names, entities.nodes.map(({ displayName }) => displayName));
  assert.equal(await page.getByRole("columnheader", { name: "Tags" }).count(), 0);

  await page.getByRole("button", { name: "Saved views" }).click();
  await page.getByRole("button", { name: "Rename or delete views" }).click();
  await page.getByRole("textbox", { name: "Name of the view Backwards" }).fill("From the end");
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Copy the link to From the end" }).click();
  await eventually(async () =>
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /\/catalog\?.*kind=component.*sort=-name/),
  );
  await dialog.getByRole("button", { name: "Delete the view From the end" }).click();
  await eventually(async () => assert.deepEqual(await kept("catalog.views"), []));
  await page.getByRole("button", { name: "Undo" }).click();
  await eventually(async () => assert.equal((await kept("catalog.views"))[0]?.name, "From the end"));
  await forget("catalog.views");
  await forget("catalog.columns");
});

browserTest("several rows are starred, copied, exported and read again at once", { token: admin }, async (page) => {
  for (const { ref } of (await ask("{ viewer { starred { ref } } }")).viewer.starred) {
    await ask("mutation($input: StarEntityInput!) { starEntity(input: $input) { entity { ref } } }", { input: { ref, starred: false } });
  }
  await open(page, "/catalog?kind=system", adminBase);
  const checks = page.getByRole("checkbox", { name: /^Select (?!every)/ });
  await checks.nth(0).check();
  await checks.nth(2).click({ modifiers: ["Shift"] });
  const bar = page.getByRole("toolbar", { name: "What to do with the selected" });
  await bar.getByText("3 selected").waitFor();
  await checkAccessibility(page);
  await bar.getByRole("button", { name: "Copy references" }).click();
  const refs = (await eventually(async () => {
    const text = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(text, /^system:/);
    return text;
  })).split("\n");
  assert.equal(refs.length, 3);
  await bar.getByRole("button", { name: "Star", exact: true }).click();
  await eventually(async () => {
    const { viewer } = await ask("{ viewer { starred { ref } } }");
    assert.deepEqual(viewer.starred.map(({ ref }) => ref).sort(), [...refs].sort());
  });
  await bar.getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "As JSON" }).click()]);
  const rows = JSON.parse(Buffer.concat(await (await download.createReadStream()).toArray()).toString());
  assert.deepEqual(rows.map(({ ref }) => ref).sort(), [...refs].sort());
  await bar.getByRole("button", { name: "Refresh", exact: true }).click();
  await page.getByText("3 were read again").waitFor();
  await bar.getByRole("button", { name: "Remove stars" }).click();
  await eventually(async () => assert.deepEqual((await ask("{ viewer { starred { ref } } }")).viewer.starred, []));
  await bar.getByRole("button", { name: "Select none" }).click();
  await bar.waitFor({ state: "detached" });
});

browserTest("nobody is offered what they may not do with the selected", {}, async (page) => {
  await open(page, "/catalog?kind=component", long.address);
  await page.getByRole("checkbox", { name: `Select ${nameOf(0)}` }).check();
  const bar = page.getByRole("toolbar");
  await bar.getByRole("button", { name: "Copy references" }).waitFor();
  await settled(page);
  assert.equal(await bar.getByRole("button", { name: /Refresh|Star/ }).count(), 0);
});
