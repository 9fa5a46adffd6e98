import assert from "node:assert/strict";
import { checkAccessibility, checkWidth } from "./support/accessibility.mjs";
import { admin, adminBase } from "./support/adminPortal.mjs";
import { asSomeone, browserTest, eventually, open, query, settled } from "./support/portal.mjs";

const ask = (document, variables) => query(document, variables, { origin: adminBase, token: admin });
const keep = (key, value) =>
  ask("mutation($input: UpdateViewerSettingsInput!) { updateViewerSettings(input: $input) { viewer { ref } } }", { input: { key, value } });
const kept = async (key) => (await ask("query($key: String!) { viewer { settings(key: $key) } }", { key })).viewer.settings;
const titles = (page) => page.getByRole("main").getByRole("heading", { level: 2 }).allTextContents();
const box = (page, name) => page.getByRole("region", { name });

browserTest("home shows what is one's own without any set-up", { token: admin }, async (page) => {
  await keep("home.layout", null);
  await open(page, "/", adminBase);
  assert.deepEqual((await titles(page)).slice(0, 4), ["Search", "My team's", "Needs attention", "Starred"]);
  const { entities } = await ask(
    '{ entities(filter: { ownedByViewer: true, not: { kind: ["user", "group"] } }, orderBy: [{ field: "metadata.name" }], first: 6) { nodes { displayName } } }',
  );
  const shown = await box(page, "My team's").getByRole("listitem").getByRole("link").allTextContents();
  assert.deepEqual(shown, entities.nodes.map(({ displayName }) => displayName));
  await checkAccessibility(page);
  await box(page, "Search").getByRole("button").press("b");
  await eventually(async () => assert.equal(await page.getByRole("dialog").getByRole("combobox").inputValue(), "b"));
});

browserTest("boxes are moved by the keyboard, made wide, removed and added, and follow to another browser", { token: admin }, async (page) => {
  await keep("home.layout", null);
  await open(page, "/", adminBase);
  await page.getByRole("button", { name: "Arrange" }).click();
  const handle = page.getByRole("button", { name: "Move Starred", exact: true });
  await handle.press("ArrowUp");
  await page.getByText("Starred is now 3 of", { exact: false }).waitFor({ state: "attached" });
  await eventually(async () => assert.equal((await titles(page))[2], "Starred"));
  await eventually(async () => assert.equal(await handle.evaluate((element) => element === document.activeElement), true));
  await handle.press("Home");
  await eventually(async () => assert.equal((await titles(page))[0], "Starred"));
  await page.getByRole("button", { name: "Make Starred two columns wide" }).click();
  await page.getByRole("button", { name: "Remove Activity" }).click();
  await page.getByRole("button", { name: "Add a box" }).click();
  await page.getByRole("button", { name: /^Links/ }).click();
  await checkAccessibility(page);
  await page.getByRole("button", { name: "Done" }).click();
  const before = await titles(page);
  assert.ok(!before.includes("Activity") && before.at(-1) === "Links");
  await eventually(async () => assert.deepEqual((await kept("home.layout"))[0], { id: "catalog.starred", width: 2 }));
  await eventually(async () => assert.equal((await kept("home.layout")).at(-1).id, "home.links"));
  await asSomeone({ token: admin }, async (other) => {
    await open(other, "/", adminBase);
    assert.deepEqual(await titles(other), before);
  });
  await page.getByRole("button", { name: "Arrange" }).click();
  await page.getByRole("button", { name: "Start over" }).click();
  await eventually(async () => assert.equal(await kept("home.layout"), null));
  assert.equal((await titles(page))[0], "Search");
});

browserTest("a box is dragged by its handle, and Escape puts it back", { token: admin }, async (page) => {
  await keep("home.layout", null);
  await open(page, "/", adminBase);
  await page.getByRole("button", { name: "Arrange" }).click();
  const drag = async () => {
    const handle = await page.getByRole("button", { name: "Move Needs attention", exact: true }).boundingBox();
    const target = await box(page, "My team's").boundingBox();
    await page.mouse.move(handle.x + 8, handle.y + 8);
    await page.mouse.down();
    await page.mouse.move(target.x + 60, target.y + 60, { steps: 6 });
  };
  await drag();
  await eventually(async () => assert.equal((await titles(page))[1], "Needs attention"));
  await page.keyboard.press("Escape");
  await eventually(async () => assert.equal((await titles(page))[1], "My team's"));
  await page.mouse.up();
  await drag();
  await page.mouse.up();
  await eventually(async () => assert.equal((await kept("home.layout"))[1]?.id, "catalog.attention"));
  await keep("home.layout", null);
});

browserTest("an arrangement that the server does not keep is put back, and one reads why", { token: admin }, async (page) => {
  await keep("home.layout", null);
  await open(page, "/", adminBase);
  await page.route("**/graphql", (route) => {
    if (!route.request().postData().includes("mutation KeepSetting")) return route.continue();
    const errors = [{ message: "the store did not answer", path: ["updateViewerSettings"], extensions: { code: "UNAVAILABLE" } }];
    return route.fulfill({ json: { data: { updateViewerSettings: null }, errors } });
  });
  await page.getByRole("button", { name: "Arrange" }).click();
  await page.getByRole("button", { name: "Remove Starred" }).click();
  await page.getByText("That was not kept:", { exact: false }).waitFor();
  await eventually(async () => assert.ok((await titles(page)).includes("Starred")));
});

browserTest("links are one's own, and lead nowhere unsafe", { token: admin }, async (page) => {
  await keep("home.links", null);
  await keep("home.layout", [{ id: "home.links", width: 1 }]);
  await open(page, "/", adminBase);
  await page.getByRole("button", { name: "Add a link" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Title" }).fill("Wiki");
  await dialog.getByRole("textbox", { name: "Address" }).fill("javascript:alert(1)");
  await page.keyboard.press("Enter");
  await dialog.getByText("This is no address that can be followed.").waitFor();
  await dialog.getByRole("textbox", { name: "Address" }).fill("https://wiki.example/start");
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  assert.equal(await page.getByRole("link", { name: "Wiki" }).getAttribute("href"), "https://wiki.example/start");
  await eventually(async () => assert.deepEqual(await kept("home.links"), [{ title: "Wiki", address: "https://wiki.example/start" }]));
  await page.getByRole("button", { name: "Remove the link Wiki" }).click();
  await page.getByRole("link", { name: "Wiki" }).waitFor({ state: "detached" });
  await eventually(async () => assert.deepEqual(await kept("home.links"), []));
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("link", { name: "Wiki" }).waitFor();
  await eventually(async () => assert.equal((await kept("home.links")).length, 1));
  await keep("home.links", null);
  await keep("home.layout", null);
});

browserTest("what another browser has changed meanwhile is not lost by a change here", { token: admin }, async (page) => {
  const link = (title) => ({ title, address: `https://${title.toLowerCase()}.example` });
  await keep("home.links", [link("Wiki")]);
  await keep("home.layout", [{ id: "home.links", width: 1 }]);
  await open(page, "/", adminBase);
  await keep("home.links", [link("Wiki"), link("Runbooks")]);
  await page.getByRole("button", { name: "Add a link" }).click();
  await page.getByRole("textbox", { name: "Title" }).fill("Rota");
  await page.getByRole("textbox", { name: "Address" }).fill("https://rota.example");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "Runbooks" }).waitFor();
  assert.deepEqual(
    (await kept("home.links")).map(({ title }) => title),
    ["Wiki", "Runbooks", "Rota"],
  );
  await keep("home.links", null);
  await keep("home.layout", null);
});

browserTest(
  "an arrangement is put back where the server is not there at all",
  { token: admin, allow: [/ERR_FAILED|ERR_CONNECTION/] },
  async (page) => {
    await keep("home.layout", null);
    await open(page, "/", adminBase);
    await page.route("**/graphql", (route) => route.abort());
    await page.getByRole("button", { name: "Arrange" }).click();
    await page.getByRole("button", { name: "Remove Starred" }).click();
    await page.getByText("That was not kept:", { exact: false }).waitFor();
    await eventually(async () => assert.ok((await titles(page)).includes("Starred")));
  },
);

browserTest("what one visited is there again in another browser", { token: admin }, async (page) => {
  await open(page, "/catalog?kind=system", adminBase);
  const name = await page.locator("[data-row-link]").first().textContent();
  await page.locator("[data-row-link]").first().click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
  await settled(page);
  await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await eventually(() =>
    asSomeone({ token: admin }, async (other) => {
      await open(other, "/", adminBase);
      await box(other, "Recently visited").getByRole("link", { name, exact: true }).waitFor({ timeout: 2000 });
    }),
  );
});

browserTest("a guest arranges the page in their browser, and reads what signing in would give them", { width: 375, height: 800, scheme: "dark" }, async (page) => {
  await open(page, "/");
  await page.getByRole("main").getByRole("link", { name: "Sign in" }).waitFor();
  assert.ok(!(await titles(page)).includes("Starred"));
  await checkAccessibility(page);
  await checkWidth(page);
  await page.getByRole("button", { name: "Arrange" }).click();
  await page.getByText("It is kept in this browser", { exact: false }).waitFor();
  await page.getByRole("button", { name: "Add a box" }).click();
  await page.getByRole("button", { name: /^Starred/ }).click();
  await box(page, "Starred").getByRole("link", { name: "Sign in" }).waitFor();
  await page.getByRole("button", { name: "Remove Starred" }).click();
  await checkAccessibility(page);
  await checkWidth(page);
  await page.reload();
  await settled(page);
  assert.ok(!(await titles(page)).includes("Starred"));
});
