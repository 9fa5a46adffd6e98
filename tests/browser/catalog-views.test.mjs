import assert from "node:assert/strict";
import { test } from "node:test";
import { checkAccessibility, checkWidth } from "./support/accessibility.mjs";
import { admin, adminBase } from "./support/adminPortal.mjs";
import { component } from "./support/fileHost.mjs";
import { address, asSomeone, browserTest, eventually, open, query, rowNames, settled } from "./support/portal.mjs";
import { freePort, startPortal } from "./support/server.mjs";

const count = 130;
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
const range = (from, to) => Array.from({ length: to - from }, (_, position) => nameOf(from + position));

browserTest("those who would rather turn pages do, at a desk and in a train", {}, async (page) => {
  await open(page, "/catalog?kind=component", long.address);
  assert.equal(await page.getByRole("navigation", { name: "Pages" }).count(), 0);
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("radio", { name: "Page by page" }).check();
  await page.keyboard.press("Escape");
  await settled(page);
  assert.equal((await rowNames(page)).length, 50);
  const next = page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Next" });
  await next.click();
  await eventually(async () => assert.equal((await rowNames(page))[0], nameOf(50)));
  await page.reload();
  await settled(page);
  assert.equal((await rowNames(page)).length, 50, "it is kept");
  await page.setViewportSize({ width: 375, height: 800 });
  await page.getByRole("checkbox", { name: `Select ${nameOf(51)}` }).check();
  await page.getByRole("toolbar").waitFor();
  await checkWidth(page);
  await checkAccessibility(page);
  await page.getByRole("button", { name: "Select none" }).click();
  await next.click();
  await eventually(async () => assert.deepEqual(await rowNames(page), range(100, count)));
});

browserTest("columns are as wide as one likes, by the mouse and by the keyboard, in another browser as well", { token: admin }, async (page) => {
  await forget("catalog.widths");
  await open(page, "/catalog", adminBase);
  const header = (name, on = page) => on.getByRole("columnheader", { name });
  const width = async (name, on = page) => (await header(name, on).boundingBox()).width;
  const edge = page.getByRole("separator", { name: "Width of Name" });
  const [name, owner, type] = [await width("Name"), await width("Owner"), await width("Type")];
  const box = await edge.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 60, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await eventually(async () => assert.ok(Math.abs((await width("Name")) - name - 60) < 3, `${await width("Name")} after ${name}`));
  assert.ok(Math.abs((await width("Owner")) - owner + 60) < 3, "the one beside it gives way");
  assert.ok(Math.abs((await width("Type")) - type) < 1.5, "and no other");
  const wide = await width("Name");
  await edge.focus();
  await page.keyboard.press("ArrowLeft");
  await eventually(async () => assert.ok((await width("Name")) < wide - 8));
  for (let press = 0; press < 40; press += 1) await page.keyboard.press("ArrowLeft");
  await eventually(async () => assert.ok((await width("Name")) > 40, "it does not vanish"));
  const last = await width("Name");
  await checkAccessibility(page);
  await eventually(() => asSomeone({ token: admin }, async (other) => {
    await open(other, "/catalog", adminBase);
    assert.ok(Math.abs((await width("Name", other)) - last) < 2);
  }));
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("button", { name: "Usual widths" }).click();
  await eventually(async () => assert.ok(Math.abs((await width("Name")) - name) < 2));
  await forget("catalog.widths");
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
  await dialog.getByText("Give it a name.").waitFor();
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
  await asSomeone({ token: admin }, async (other) => {
    await open(other, "/catalog", adminBase);
    await other.getByRole("button", { name: "Saved views" }).click();
    await other.getByRole("link", { name: "Backwards" }).waitFor();
  });
  const names = await rowNames(page);
  const { entities } = await ask(
    '{ entities(filter: { kind: ["component"] }, orderBy: [{ field: "metadata.name", direction: DESC }], first: 50) { nodes { displayName } } }',
  );
  assert.deepEqual(names, entities.nodes.map(({ displayName }) => displayName).slice(0, names.length));
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

browserTest("several entities are deleted at once, and one reads which of them come back", { token: admin }, async (page) => {
  await open(page, "/catalog?kind=resource", adminBase);
  const names = (await rowNames(page)).slice(0, 2);
  for (const name of names) await page.getByRole("checkbox", { name: `Select ${name}`, exact: true }).check();
  const bar = page.getByRole("toolbar", { name: "What to do with the selected" });
  await bar.getByRole("button", { name: "Delete…" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete 2 entities?" });
  const refs = await dialog.getByRole("listitem").allTextContents();
  assert.equal(refs.length, 2);
  await dialog.getByText("2 of them are still described by a location", { exact: false }).waitFor();
  await checkAccessibility(page);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  assert.ok((await ask("query($refs: [EntityRef!]!) { entitiesByRef(refs: $refs) { ref } }", { refs })).entitiesByRef.every(Boolean));
  await bar.getByRole("button", { name: "Delete…" }).click();
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByText("2 were deleted").waitFor();
  await bar.waitFor({ state: "detached" });
  await eventually(async () => assert.ok((await rowNames(page)).every((name) => !names.includes(name))));
  const gone = await ask("query($refs: [EntityRef!]!) { entitiesByRef(refs: $refs) { ref } }", { refs });
  assert.deepEqual(gone.entitiesByRef, [null, null]);
});

browserTest("nobody is offered what they may not do with the selected", {}, async (page) => {
  await open(page, "/catalog?kind=component", long.address);
  await page.getByRole("checkbox", { name: `Select ${nameOf(0)}` }).check();
  const bar = page.getByRole("toolbar");
  await bar.getByRole("button", { name: "Copy references" }).waitFor();
  await settled(page);
  assert.equal(await bar.getByRole("button", { name: /Refresh|Star|Delete/ }).count(), 0);
});
