import assert from "node:assert/strict";
import { test } from "node:test";
import { checkAccessibility } from "./support/accessibility.mjs";
import { component, startFileHost } from "./support/fileHost.mjs";
import { browserTest, eventually, open, query, rowNames, settled } from "./support/portal.mjs";
import { freePort, startPortal } from "./support/server.mjs";

const admin = "ada-runs-the-portal";
const host = await startFileHost();
const portal = await startPortal({
  port: await freePort(),
  files: { "cart.yaml": component("cart") },
  config: {
    backend: { data: "./data", reading: { allow: [{ host: host.host, allowPrivate: true }] } },
    auth: { guest: { enabled: true }, tokens: [{ token: admin, subject: "user:default/ada" }] },
    permission: {
      roles: [
        { name: "reader", members: ["*"], grants: [{ permission: "catalog.entity.read" }] },
        { name: "admins", members: ["user:default/ada"], grants: [{ permission: "*" }] },
      ],
    },
  },
});
test.after(async () => {
  await portal.stop();
  await host.stop();
});

const ask = (document, variables) => query(document, variables, { origin: portal.address, token: admin });
const ids = new Map();
const register = async (path, text) => {
  host.put(path, text);
  const { registerLocation } = await ask(
    "mutation($input: RegisterLocationInput!) { registerLocation(input: $input) { location { id } } }",
    { input: { target: host.url(path) } },
  );
  ids.set(path, registerLocation.location.id);
};
const rewrite = async (path, text) => {
  host.put(path, text);
  await ask("mutation($id: ID!) { refreshLocation(input: { id: $id }) { location { state } } }", { id: ids.get(path) });
};
const unregister = (path) => ask("mutation($id: ID!) { unregisterLocation(input: { id: $id }) { unregisteredId } }", { id: ids.get(path) });

/** Opens a page, and waits until it hears of changes. */
async function listen(page, path) {
  const socket = page.waitForEvent("websocket");
  await open(page, path, portal.address);
  const heard = await socket;
  await eventually(() => assert.ok(!heard.isClosed()));
  await page.waitForTimeout(500);
}

browserTest("a list that is open follows the catalog", {}, async (page) => {
  await register("/till.yaml", component("till", { description: "first" }));
  await listen(page, "/catalog");
  assert.deepEqual(await rowNames(page), ["cart", "till"]);
  await register("/box.yaml", component("box"));
  await eventually(async () => assert.deepEqual(await rowNames(page), ["box", "cart", "till"]));
  await unregister("/box.yaml");
  await eventually(async () => assert.deepEqual(await rowNames(page), ["cart", "till"]));
});

browserTest("no row moves under the pointer: one is told, and asks for it", {}, async (page) => {
  await listen(page, "/catalog?kind=component");
  await page.locator("[data-row-link]").first().hover();
  await register("/apple.yaml", component("apple"));
  const pill = page.getByRole("button", { name: /^Show \d changes?$/ });
  await pill.waitFor();
  assert.ok(!(await rowNames(page)).includes("apple"), "nothing has moved");
  await settled(page);
  await checkAccessibility(page);
  await pill.click();
  await eventually(async () => assert.equal((await rowNames(page))[0], "apple"));
  assert.equal(await pill.count(), 0);
  await unregister("/apple.yaml");
});

browserTest("an entity that is open follows its source, and tells when it is gone", {}, async (page) => {
  await register("/lamp.yaml", component("lamp", { description: "It is dark" }));
  await listen(page, "/catalog/default/component/lamp");
  await page.getByText("It is dark").waitFor();
  await rewrite("/lamp.yaml", component("lamp", { description: "It is bright" }));
  await page.getByText("It is bright").waitFor();
  await unregister("/lamp.yaml");
  await page.getByText("This has just left the catalog", { exact: false }).waitFor();
  await page.getByText("It is bright").waitFor();
  await settled(page);
  await checkAccessibility(page);
});

browserTest("what changed while the connection was lost is shown once it is back", {}, async (page) => {
  await register("/lost.yaml", component("lost", { description: "Before" }));
  const sockets = [];
  let isDown = false;
  await page.routeWebSocket(/graphql\/ws/, (socket) => {
    if (isDown) return socket.close();
    sockets.push(socket);
    socket.connectToServer();
  });
  await open(page, "/catalog/default/component/lost", portal.address);
  await page.getByText("Before").waitFor();
  await eventually(() => assert.equal(sockets.length, 1));
  isDown = true;
  await sockets[0].close();
  await rewrite("/lost.yaml", component("lost", { description: "Meanwhile" }));
  await page.waitForTimeout(1000);
  assert.equal(await page.getByText("Meanwhile").count(), 0, "nothing can tell of it");
  isDown = false;
  await eventually(async () => assert.equal(await page.getByText("Meanwhile").count(), 1), 20_000);
  await unregister("/lost.yaml");
});

browserTest("a tab that is hidden hears nothing, and catches up when it is seen", {}, async (page) => {
  await register("/tab.yaml", component("tab", { description: "Seen" }));
  await listen(page, "/catalog/default/component/tab");
  const see = (state) =>
    page.evaluate((state) => {
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
      document.dispatchEvent(new Event("visibilitychange"));
    }, state);
  await see("hidden");
  await rewrite("/tab.yaml", component("tab", { description: "Unseen" }));
  await page.waitForTimeout(1000);
  assert.equal(await page.getByText("Unseen").count(), 0);
  await see("visible");
  await page.getByText("Unseen").waitFor();
  await unregister("/tab.yaml");
});

browserTest("a page that is left listens no more", {}, async (page) => {
  const sent = [];
  page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => sent.push(JSON.parse(payload).type)));
  await listen(page, "/catalog");
  await page.getByRole("link", { name: "GraphQL" }).first().waitFor();
  await page.locator("[data-row-link]").first().click();
  await page.waitForURL("**/catalog/default/component/*");
  await eventually(() => assert.deepEqual(sent.filter((type) => type === "complete").length, 1));
  assert.equal(sent.filter((type) => type === "subscribe").length, 2);
  assert.equal(sent.filter((type) => type === "connection_init").length, 1, "one connection carries all");
});
