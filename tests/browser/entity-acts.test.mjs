import assert from "node:assert/strict";
import { test } from "node:test";
import { checkAccessibility, checkWidth } from "./support/accessibility.mjs";
import { component, startFileHost } from "./support/fileHost.mjs";
import { address, browserTest, open, query, settled } from "./support/portal.mjs";
import { freePort, startPortal } from "./support/server.mjs";

const [admin, reader] = ["ada-runs-the-portal", "grace-looks-around"];
const host = await startFileHost();
const portal = await startPortal({
  port: await freePort(),
  files: { "cart.yaml": component("cart"), "rival.yaml": component("cart", { description: "A rival" }) },
  config: {
    backend: { data: "./data", reading: { allow: [{ host: host.host, allowPrivate: true }] } },
    auth: {
      tokens: [
        { token: admin, subject: "user:default/ada" },
        { token: reader, subject: "user:default/grace" },
      ],
    },
    catalog: {
      orphanStrategy: "keep",
      locations: ["cart", "rival"].map((name) => ({ type: "file", target: `./${name}.yaml` })),
      rules: [{ allow: ["Component", "Location"] }],
    },
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
const go = (page, name) => open(page, `/catalog/default/component/${name}`, portal.address);
const exists = async (name) =>
  (await ask("query($ref: EntityRef!) { entity(ref: $ref) { ref } }", { ref: `component:default/${name}` })).entity !== null;
const registered = async (path, text) => {
  host.put(path, text);
  await ask("mutation($input: RegisterLocationInput!) { registerLocation(input: $input) { exists } }", { input: { target: host.url(path) } });
};
const choose = async (page, name) => {
  await page.getByRole("main").getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("button", { name }).click();
};

browserTest("an entity is read again, and the page shows what its source says now", { token: admin }, async (page) => {
  await registered("/till.yaml", component("till", { description: "As it was" }));
  await go(page, "till");
  await page.getByText("As it was").waitFor();
  host.put("/till.yaml", component("till", { description: "As it is" }));
  await page.getByRole("main").getByRole("button", { name: "More", exact: true }).press("Enter");
  await checkAccessibility(page);
  await page.getByRole("button", { name: "Refresh" }).press("Enter");
  await page.getByText("till was read again.").waitFor();
  await page.getByText("As it is").waitFor();
});

browserTest("a source that fails is told of above its last good version, until it can be read", { token: admin }, async (page) => {
  await registered("/shaky.yaml", component("shaky"));
  host.remove("/shaky.yaml");
  await go(page, "shaky");
  await choose(page, "Refresh");
  await page.getByText("shaky could not be read again.", { exact: false }).waitFor();
  await page.getByText("This is the last good version", { exact: false }).waitFor();
  await settled(page);
  assert.equal(await page.getByRole("main").getByText("does not exist", { exact: false }).count(), 1, "it is said once");
  await checkAccessibility(page);
  await page.setViewportSize({ width: 360, height: 700 });
  await checkWidth(page);
  await checkAccessibility(page);
  host.put("/shaky.yaml", component("shaky"));
  await page.getByRole("button", { name: "Read again" }).click();
  await page.getByText("shaky was read again.").waitFor();
  await settled(page);
  assert.equal(await page.getByText("This is the last good version", { exact: false }).count(), 0);
});

browserTest("an orphan says that it is one, and is deleted for good", { token: admin }, async (page) => {
  const leadingTo = (...files) => `apiVersion: backstage.io/v1alpha1
kind: Location
metadata: { name: root }
spec: { targets: ${JSON.stringify(files)} }
`;
  host.put("/kept.yaml", component("kept"));
  host.put("/left.yaml", component("left"));
  await registered("/root.yaml", leadingTo("./kept.yaml", "./left.yaml"));
  host.put("/root.yaml", leadingTo("./kept.yaml"));
  await ask('mutation { refreshEntity(input: { ref: "location:root" }) { entity { ref } } }');
  await go(page, "left");
  const banner = page.getByText("No location brings this in any more", { exact: false });
  await banner.waitFor();
  await checkAccessibility(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await checkAccessibility(page);
  await page.getByRole("main").getByRole("button", { name: "Delete…" }).first().click();
  const question = page.getByRole("dialog", { name: "Delete left?" });
  await question.getByText("it does not come back", { exact: false }).waitFor();
  await settled(page);
  await checkAccessibility(page);
  await question.getByRole("button", { name: "Cancel" }).click();
  assert.ok(await exists("left"));
  await page.getByRole("main").getByRole("button", { name: "Delete…" }).first().click();
  await question.getByRole("button", { name: "Delete" }).click();
  await page.waitForURL(`${portal.address}/catalog`);
  await page.getByText("left was deleted.").waitFor();
  assert.equal(await exists("left"), false);
});

browserTest("what a location still emits is told to come back", { token: admin }, async (page) => {
  await registered("/back.yaml", component("back"));
  await go(page, "back");
  await choose(page, "Delete…");
  const question = page.getByRole("dialog", { name: "Delete back?" });
  await question.getByText("brings it back when it is read next", { exact: false }).waitFor();
  await question.getByRole("button", { name: "Delete" }).click();
  await page.getByText(`It comes back when ${host.url("/back.yaml")} is read next.`, { exact: false }).waitFor();
  assert.equal(address(page), "/catalog");
});

browserTest("an entity leads to its location, to be unregistered", { token: admin }, async (page) => {
  await registered("/pair.yaml", `${component("one")}---\n${component("other")}`);
  await go(page, "one");
  await choose(page, "Unregister its location…");
  const question = page.getByRole("dialog", { name: "Unregister this location?" });
  await question.getByText(host.url("/pair.yaml")).waitFor();
  await question.getByText("2 entities come from it", { exact: false }).waitFor();
  await question.getByRole("button", { name: "Unregister" }).click();
  await page.getByText("The location was unregistered, and 2 entities left the catalog.").waitFor();
  assert.deepEqual([await exists("one"), await exists("other")], [false, false]);
  assert.equal(address(page), "/catalog");
});

browserTest("a reference that two sources claim is told of, and a location of the config stays", { token: admin }, async (page) => {
  await go(page, "cart");
  await page.getByText("Another source claims this reference", { exact: false }).waitFor();
  await settled(page);
  await checkAccessibility(page);
  await page.getByRole("main").getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("button", { name: "Refresh" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Unregister its location…" }).count(), 0);
});

browserTest("who may do nothing with an entity may look closer, and is offered nothing else", { token: reader }, async (page) => {
  await go(page, "cart");
  await page.getByRole("main").getByRole("button", { name: "More", exact: true }).click();
  const menu = page.locator("[popover]:popover-open");
  assert.deepEqual(await menu.getByRole("button").allTextContents().then((texts) => texts.map((text) => text.replace(/i$/, ""))), [
    "Inspect",
    "Copy the reference",
    "Copy the address",
  ]);
  assert.deepEqual(await menu.getByRole("link").allTextContents(), ["Open in the graph"]);
  await checkAccessibility(page);
});

browserTest("the menu of an entity copies where it is, and leads to the graph around it", { token: reader }, async (page) => {
  await go(page, "cart");
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await choose(page, "Copy the reference");
  await page.getByText("component:default/cart is on the clipboard.").waitFor();
  assert.equal(await clipboard(), "component:default/cart");
  await choose(page, "Copy the address");
  await page.getByText("The address is on the clipboard.").waitFor();
  assert.equal(await clipboard(), `${portal.address}/catalog/default/component/cart`);
  await page.getByRole("main").getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("link", { name: "Open in the graph" }).click();
  await page.waitForURL(`${portal.address}/catalog-graph?root=component:default/cart`);
});

browserTest("who may register finds the way from any entity", { token: admin }, async (page) => {
  await go(page, "cart");
  await page.getByRole("main").getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("link", { name: "Register a location" }).click();
  await page.waitForURL(`${portal.address}/catalog/register`);
});

browserTest("what is wrong with an entity is said on each of its tabs", { token: admin }, async (page) => {
  await open(page, "/catalog/default/component/cart/yaml", portal.address);
  await page.getByRole("link", { name: "1 problem" }).click();
  await page.waitForURL(`${portal.address}/catalog/default/component/cart`);
  await page.getByText("Another source claims this reference", { exact: false }).waitFor();
});

browserTest("what the server refuses is said, and the entity stays", { token: admin }, async (page) => {
  await registered("/guarded.yaml", component("guarded"));
  await go(page, "guarded");
  await page.route("**/graphql", (route) => {
    if (!route.request().postData().includes("mutation DeleteEntity")) return route.continue();
    const extensions = { code: "FORBIDDEN", permission: "catalog.entity.delete" };
    return route.fulfill({ json: { data: { deleteEntity: null }, errors: [{ message: "this takes the permission `catalog.entity.delete`", path: ["deleteEntity"], extensions }] } });
  });
  await choose(page, "Delete…");
  const question = page.getByRole("dialog", { name: "Delete guarded?" });
  await question.getByRole("button", { name: "Delete" }).click();
  await question.getByRole("alert").getByRole("link", { name: "Why?" }).waitFor();
  await settled(page);
  await checkAccessibility(page);
  assert.ok(await exists("guarded"));
});
