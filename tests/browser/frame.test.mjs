import assert from "node:assert/strict";
import { browserTest, eventually, open, query, rowNames, settled } from "./support/portal.mjs";
import { checkAccessibility, checkWidth } from "./support/accessibility.mjs";

const lost = [/ERR_FAILED/, /ERR_INTERNET_DISCONNECTED/, /WebSocket/, /Failed to load resource/];
const told = (page, text) => page.getByRole("status").getByText(text, { exact: false });

browserTest("a server that cannot be reached is told of, and once it is back the page is of now", { allow: lost }, async (page) => {
  await open(page, "/catalog?kind=component");
  await page.route("**/graphql", (route) => route.abort());
  await page.getByRole("link", { name: "Name" }).first().click();
  await told(page, "The portal cannot be reached").waitFor();
  await checkAccessibility(page);
  const asked = [];
  page.on("request", (request) => asked.push(request.postData() ?? ""));
  await page.unroute("**/graphql");
  await page.getByRole("button", { name: "Try now" }).click();
  await told(page, "Connected again").waitFor();
  await eventually(() => assert.ok(asked.some((body) => body.includes("query CatalogList"))));
  await told(page, "Connected again").waitFor({ state: "detached" });
  assert.ok((await rowNames(page)).length > 0);
});

browserTest("the server is asked again without anybody's doing", { allow: lost }, async (page) => {
  await open(page, "/catalog");
  await page.route("**/graphql", (route) => route.abort());
  await page.getByRole("link", { name: "Owner" }).first().click();
  await told(page, "The portal cannot be reached").waitFor();
  await page.unroute("**/graphql");
  await told(page, "Connected again").waitFor();
});

browserTest("a device without a network says so until it has one again", { allow: lost }, async (page) => {
  await open(page, "/catalog");
  await page.context().setOffline(true);
  await told(page, "You are offline").waitFor();
  await page.context().setOffline(false);
  await told(page, "Connected again").waitFor();
});

browserTest("live changes that stop are told of until they are heard again", { allow: lost }, async (page) => {
  let isDown = false;
  const sockets = [];
  await page.routeWebSocket("**/graphql/ws", (socket) => {
    if (isDown) return socket.close({ code: 1012, reason: "down" });
    const server = socket.connectToServer();
    sockets.push({ socket, server });
  });
  await open(page, "/catalog");
  await eventually(() => assert.ok(sockets.length > 0));
  isDown = true;
  for (const { socket } of sockets) await socket.close({ code: 1012, reason: "down" });
  await told(page, "Live changes have stopped").waitFor();
  isDown = false;
  await told(page, "Connected again").waitFor({ timeout: 20_000 });
});

browserTest("a broken tab of a plugin costs its own place, and its details can be handed on", { allow: [/broken on purpose/] }, async (page) => {
  await page.route("**/assets/DependentsTab-*.js", (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: 'export const DependentsTab = () => { throw new Error("broken on purpose"); };',
    }),
  );
  const { entities } = await query('{ entities(filter: { kind: ["Component"] }, first: 1) { nodes { namespace name displayName } } }');
  const { namespace, name, displayName } = entities.nodes[0];
  await open(page, `/catalog/${namespace}/component/${name}/dependents`);
  const alert = page.getByRole("alert");
  await alert.getByText("“Dependents” does not work here", { exact: false }).waitFor();
  await alert.getByText("Plugin catalog · broken on purpose").waitFor();
  await checkAccessibility(page);
  await alert.getByRole("button", { name: "Copy the details of the failure" }).click();
  const details = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(details, /^Error: Error: broken on purpose\nPlugin: catalog\nAddress: \/catalog\//);
  await alert.getByRole("button", { name: "Try again" }).click();
  await alert.waitFor();
  // What is around it still works.
  await page.getByRole("heading", { level: 1, name: displayName }).waitFor();
  await page.getByRole("navigation", { name: "Parts of this entity" }).getByRole("link", { name: "Overview" }).click();
  await page.getByRole("region", { name: "About" }).waitFor();
  assert.equal(await alert.count(), 0);
});

browserTest("a broken page of a plugin leaves the frame and the other pages", { allow: [/broken on purpose/] }, async (page) => {
  await page.route("**/assets/ProblemsPage-*.js", (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: 'export const ProblemsPage = () => { throw new Error("broken on purpose"); };',
    }),
  );
  await open(page, "/catalog/problems");
  await page.getByRole("alert").getByText("The plugin “catalog” made a mistake").waitFor();
  await page.getByRole("button", { name: "Copy the details of the failure" }).waitFor();
  await checkAccessibility(page);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Catalog" }).click();
  await page.getByRole("heading", { level: 1, name: "Catalog" }).waitFor();
});

browserTest("the question mark shows what the keys do here", {}, async (page) => {
  await open(page, "/catalog");
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  const lines = (title) => sheet.getByRole("region", { name: title }).locator("dt").allTextContents();
  assert.ok((await lines("On this page")).includes("Find in the catalog"));
  assert.ok((await lines("Everywhere")).includes("Find anything"));
  assert.deepEqual((await lines("Go to")).slice(0, 4), ["Home", "Catalog", "APIs", "Graph"]);
  await checkAccessibility(page);
  await page.keyboard.press("g");
  await page.keyboard.press("g");
  assert.ok(await sheet.isVisible(), "keys do nothing behind a dialog");
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
  await page.keyboard.press("g");
  await page.keyboard.press(",");
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
});

browserTest("single keys can be turned off, and those with Control stay", {}, async (page) => {
  await open(page, "/settings");
  await page.getByRole("checkbox", { name: "Single keys do something" }).uncheck();
  await page.reload();
  await settled(page);
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await page.keyboard.press("?");
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  assert.equal(await page.getByRole("dialog").count(), 0);
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog", { name: "Find anything" }).waitFor();
});

browserTest("rows become compact, and stay so", {}, async (page) => {
  await open(page, "/settings");
  await page.getByRole("radio", { name: "Compact" }).check();
  const height = () => page.locator("[data-row-link]").first().evaluate((link) => link.closest("tr").getBoundingClientRect().height);
  await open(page, "/catalog");
  const compact = await height();
  await open(page, "/settings");
  await page.getByRole("radio", { name: "Comfortable" }).check();
  await open(page, "/catalog");
  assert.ok(compact < (await height()), `${compact} px`);
});

browserTest("what was visited can be forgotten, and that can be taken back", {}, async (page) => {
  const { entities } = await query('{ entities(filter: { kind: ["Component"] }, first: 1) { nodes { namespace name } } }');
  const { namespace, name } = entities.nodes[0];
  await open(page, `/catalog/${namespace}/component/${name}`);
  await open(page, "/settings");
  await page.getByRole("button", { name: "Forget them" }).click();
  await page.getByText("Nothing is remembered.").waitFor();
  const message = page.getByRole("region", { name: "Messages" });
  await checkAccessibility(page);
  await message.getByRole("button", { name: "Undo" }).click();
  await page.getByText("1 entity that you visited").waitFor();
  assert.equal(await message.getByRole("button").count(), 0);
  await page.getByRole("button", { name: "Forget them" }).click();
  await page.getByText("Nothing is remembered.").waitFor();
  await page.locator("main").focus();
  await page.keyboard.press("u");
  await page.getByText("1 entity that you visited").waitFor();
});

browserTest("the settings are accessible, light and dark, and fit a phone", {}, async (page) => {
  await open(page, "/settings");
  await checkAccessibility(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await checkAccessibility(page);
  await page.setViewportSize({ width: 375, height: 700 });
  await checkWidth(page);
  await checkAccessibility(page);
});

browserTest("on a phone there are five entries, and a sheet for the others", { width: 375, height: 700 }, async (page) => {
  await open(page, "/catalog");
  const bar = page.getByRole("navigation", { name: "Main" });
  assert.equal(await bar.locator("a, button").count(), 5);
  await page.getByRole("button", { name: "More", exact: true }).click();
  await checkAccessibility(page);
  await page.getByRole("dialog").getByRole("link", { name: "Settings" }).click();
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  assert.equal(await page.getByRole("dialog").count(), 0);
});
