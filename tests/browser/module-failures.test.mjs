// A module that fails, in whatever way, costs its own place; the rest of the portal, and every other module, stays.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkAccessibility, checkWidth } from "./support/accessibility.mjs";
import { writeModules } from "./support/moduleFiles.mjs";
import { browserTest, eventually, open, settled } from "./support/portal.mjs";
import { freePort, startPortal } from "./support/server.mjs";

const head = `import { createElement as h } from "react";\nimport { defineModule } from "@callboard/sdk";\n`;
const fine = '{ path: "/", title: "Fine", component: () => "All is well" }';

/** A module with these parts. */
const module = (parts, more = 'sdk: "1.0"') => `${head}
const broken = () => { throw new Error("broken on purpose"); };
export default defineModule({ ${more}, parts: ${parts} });`;

const { config, remove } = await writeModules({
  fine: {
    "index.js": module(`{
      pages: [${fine}],
      navigation: [{ title: "Fine", icon: "check" }],
      homeWidgets: [{ id: "box", title: "Fine box", text: "For a test", icon: "check", component: () => "All is well in the box" }],
    }`),
  },
  syntax: { "index.js": `${head}\nexport default defineModule({ sdk: "1.0", parts: { pages: [` },
  thrown: { "index.js": `${head}\nthrow new Error("broken while it is loaded");` },
  lost: { "index.js": `import "./gone.js";\n${module("{}")}` },
  missing: { "index.js": `import { thereIsNoSuchThing } from "@callboard/sdk";\n${module("{}")}` },
  future: { "index.js": module("{}", 'sdk: "2.0"') },
  nothing: { "index.js": "export const parts = {};" },
  misshapen: { "index.js": module('{ pages: [{ path: "no-slash", component: "none" }] }') },
  picky: { "index.js": module("{}", 'sdk: "1.0", readSettings: () => { throw new Error("`settings.team` is missing"); }') },
  crash: {
    "index.js": module(`{
      pages: [{ path: "/", title: "Crash", component: broken }, { path: "/title", title: broken, component: () => "Its title is broken" }],
      navigation: [{ title: broken, icon: broken }],
      entityTabs: [
        { id: "tab", title: "Crashing tab", component: broken },
        { id: "undecided", title: "Undecided", appliesTo: broken, component: () => null },
      ],
      entityCards: [{ id: "card", title: "Crashing card", component: broken }],
      homeWidgets: [{ id: "box", title: "Crashing box", text: broken, icon: broken, isInitial: true, component: broken }],
      commands: [{ id: "act", title: "Crash now", icon: broken, run: broken }],
      search: [
        { id: "find", title: "Crashing search", find: async () => broken() },
        { id: "astray", title: "Search astray", find: async () => [{ id: "a", title: "A", address: "https://evil.example" }] },
      ],
      searchResultViews: [{ id: "view", appliesTo: ({ id }) => id.startsWith("component:"), component: broken }],
      settingsPanels: [{ id: "panel", title: "Crashing panel", icon: "zap", component: broken }],
    }`),
  },
  slow: { "index.js": module("{}") },
});

const portal = await startPortal({
  port: await freePort(),
  files: {
    "cart.yaml": "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: cart }\nspec: { type: service, lifecycle: production, owner: crew }\n",
  },
  config: {
    app: { modules: config },
    auth: { guest: { enabled: true } },
    permission: { roles: [{ name: "reader", members: ["*"], grants: [{ permission: "catalog.entity.read" }, { permission: "audit.event.read" }] }] },
  },
});
test.after(async () => {
  await portal.stop();
  await remove();
});

/** All of them fail on every page, and each is told to the console. */
const allow = [/module \w+:/, /broken/, /gone\.js/, /status of 404/, /status: 404/, /Unexpected end/, /thereIsNoSuchThing/];
const visit = (page, path) => open(page, path, portal.address);
const card = (page, name) => page.getByRole("region", { name });

browserTest("a module that works does so beside any number that do not", { allow }, async (page) => {
  await visit(page, "/catalog");
  await page.getByRole("navigation", { name: "Main" }).first().getByRole("link", { name: "Fine" }).click();
  await page.getByText("All is well").waitFor();
});

for (const [id, words] of Object.entries({
  syntax: /SyntaxError/,
  thrown: /broken while it is loaded/,
  lost: /could not be fetched/,
  missing: /thereIsNoSuchThing/,
  future: /was written for version 2\.0 of the SDK, and this portal has 1\./,
  nothing: /has no default export/,
  misshapen: /pages\[0\]\.path must be a path.*pages\[0\]\.component must be a component/,
  picky: /does not take its settings of the config: settings\.team is missing/,
})) {
  browserTest(`a page of the module ${id} says why it is not there`, { allow }, async (page) => {
    await visit(page, `/x/${id}/some/where`);
    const alert = page.getByRole("alert");
    await alert.getByRole("heading", { name: `“${id}” is not there` }).waitFor();
    assert.match(await alert.textContent(), words);
    await alert.getByRole("button", { name: "Load the page again" }).waitFor();
    await page.getByRole("navigation", { name: "Main" }).first().getByRole("link", { name: "Catalog" }).click();
    await page.getByRole("heading", { level: 1, name: "Catalog" }).waitFor();
  });
}

browserTest("the console and the admin area tell which modules failed and why", { allow }, async (page) => {
  const told = [];
  page.on("pageerror", (error) => told.push(error.message));
  await visit(page, "/admin/modules");
  await page.getByText("8 modules are not there.", { exact: false }).waitFor();
  const row = page.getByRole("row", { name: /future/ });
  await row.getByText("Failed").waitFor();
  await row.getByText("was written for version 2.0 of the SDK", { exact: false }).waitFor();
  await page.getByRole("row", { name: /fine/ }).getByText("Loaded").waitFor();
  assert.ok(told.some((text) => text.startsWith("module future: was written for version 2.0")), told.join("\n"));
  await checkAccessibility(page);
});

browserTest("a page that breaks while it is drawn is told in its own place, and the others stay", { allow }, async (page) => {
  await page.goto(`${portal.address}/x/crash`);
  const alert = page.getByRole("alert");
  await alert.getByText("“Crash” does not work here. The rest of the page does.").waitFor();
  await alert.getByText("Plugin crash", { exact: false }).waitFor();
  await alert.getByRole("button", { name: "Try again" }).waitFor();
  await visit(page, "/x/crash/title");
  await page.getByText("Its title is broken").waitFor();
  // A text that cannot be said is stood in for by the module's name.
  await page.getByRole("heading", { level: 1, name: "crash" }).waitFor();
  await page.getByRole("navigation", { name: "Main" }).first().getByRole("link", { name: "crash" }).waitFor();
});

browserTest("a card, a tab and a panel that break cost their own boxes", { allow }, async (page) => {
  await visit(page, "/catalog/default/component/cart");
  await card(page, "Crashing card").getByRole("alert").getByText("does not work here", { exact: false }).waitFor();
  await card(page, "About").waitFor();
  const tabs = page.getByRole("navigation", { name: "Parts of this entity" });
  assert.equal(await tabs.getByRole("link", { name: "Undecided" }).count(), 0);
  await tabs.getByRole("link", { name: "Crashing tab" }).click();
  await page.getByRole("alert").getByText("“Crashing tab” does not work here.", { exact: false }).waitFor();
  await tabs.getByRole("link", { name: "Overview" }).click();
  await card(page, "About").waitFor();
  await visit(page, "/settings/crash.panel");
  await page.getByRole("alert").getByText("“Crashing panel” does not work here.", { exact: false }).waitFor();
  await page.getByRole("link", { name: "Appearance" }).click();
  await page.getByRole("group", { name: "Theme" }).waitFor();
});

browserTest("a box of the home page that breaks leaves the others as they are", { allow }, async (page) => {
  await visit(page, "/");
  await page.locator("[data-widget='crash.box']").getByRole("alert").waitFor();
  await page.locator("[data-widget='home.search']").getByRole("searchbox").or(page.locator("[data-widget='home.search'] button, [data-widget='home.search'] input")).first().waitFor();
});

browserTest("a box of a module that is not there keeps its place on the home page, and says why it is empty", { allow }, async (page) => {
  await page.addInitScript(() => {
    const layout = [{ id: "future.box", width: 1 }, { id: "fine.box", width: 1 }];
    localStorage.setItem("callboard.setting.user:default/guest.home.layout", JSON.stringify(layout));
  });
  await visit(page, "/");
  const boxes = page.locator("[data-widget]");
  await boxes.nth(0).getByRole("alert").getByText("“future” is not there.", { exact: false }).waitFor();
  await boxes.nth(1).getByText("All is well in the box").waitFor();
});

browserTest("a command, a search and a view that break are told in the palette, which goes on", { allow }, async (page) => {
  await visit(page, "/catalog");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("cart");
  await page.getByRole("option", { name: /cart/ }).first().waitFor();
  await page.getByRole("dialog").getByText("Crashing search:", { exact: false }).waitFor();
  await page.getByRole("dialog").getByText("Search astray:", { exact: false }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("Control+k");
  await page.keyboard.type("crash now");
  await page.getByRole("option", { name: "Crash now" }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("The portal could not answer.").waitFor();
  await page.getByRole("heading", { level: 1, name: "Catalog" }).waitFor();
});

browserTest("a module that does not come in time is told to those who wait, and taken when it comes", { allow }, async (page) => {
  let answer;
  const isDue = new Promise((resolve) => {
    answer = resolve;
  });
  await page.route("**/modules/slow/index.js", async (route) => {
    await isDue;
    await route.fulfill({ contentType: "text/javascript", body: module(`{ pages: [${fine}] }`) });
  });
  await page.clock.install();
  await page.goto(`${portal.address}/x/slow`);
  await eventually(async () => {
    await page.clock.runFor(5_000);
    await page.getByRole("heading", { name: "“slow” is not there" }).waitFor({ timeout: 100 });
  }, 20_000);
  await page.getByText("was not there after 20 seconds", { exact: false }).waitFor();
  answer();
  await page.getByText("All is well").waitFor();
});

for (const scheme of ["light", "dark"]) {
  browserTest(`what is said of a module that is not there is accessible, and fits a phone, ${scheme}`, { allow, scheme, width: 375, height: 700 }, async (page) => {
    for (const path of ["/x/misshapen", "/x/crash", "/admin/modules", "/catalog/default/component/cart"]) {
      await page.goto(portal.address + path);
      await settled(page);
      await page.getByRole("alert").or(page.getByRole("row")).first().waitFor();
      await checkAccessibility(page, { except: path === "/x/crash" ? ["page-has-heading-one"] : [] });
      await checkWidth(page);
    }
  });
}
