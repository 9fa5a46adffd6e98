import assert from "node:assert/strict";
import { test } from "node:test";
import { checkAccessibility, checkWidth } from "./support/accessibility.mjs";
import { component, startFileHost } from "./support/fileHost.mjs";
import { address, browserTest, eventually, open, query, settled } from "./support/portal.mjs";
import { freePort, startPortal } from "./support/server.mjs";

const [admin, reader, owner] = ["ada-runs-the-portal", "grace-looks-around", "lin-owns-things"];
const crew = `apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: crew, title: The crew }
spec: { type: team, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: lin }
spec: { profile: { displayName: Lin C. }, memberOf: [crew] }
`;

const [host, forge] = [await startFileHost(), await startFileHost()];
const portal = await startPortal({
  port: await freePort(),
  files: {
    "crew.yaml": crew,
    "cart.yaml": component("cart", { description: "Configured" }),
    "broken.yaml": component("no good name!"),
    "rival.yaml": component("cart", { description: "A rival" }),
  },
  config: {
    catalog: {
      locations: ["crew", "cart", "broken", "rival", "missing"].map((name) => ({ type: "file", target: `./${name}.yaml` })),
      rules: [{ allow: ["Component", "Group", "User"] }],
    },
    backend: { data: "./data", reading: { allow: [{ host: host.host, allowPrivate: true }] } },
    integrations: { github: [{ host: forge.host, apiBaseUrl: forge.url("/api/v3"), allowPrivate: true }] },
    auth: {
      tokens: [
        { token: admin, subject: "user:default/ada" },
        { token: reader, subject: "user:default/grace" },
        { token: owner, subject: "user:default/lin" },
      ],
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
  await forge.stop();
});

const ask = (document, variables) => query(document, variables, { origin: portal.address, token: admin });
const go = (page, path) => open(page, path, portal.address);
const register = async (target) => {
  const { registerLocation } = await ask(
    "mutation($input: RegisterLocationInput!) { registerLocation(input: $input) { location { id } } }",
    { input: { target } },
  );
  return registerLocation.location.id;
};
const row = (page, text) => page.getByRole("row").filter({ hasText: text });

async function checkEverywhere(page) {
  await settled(page);
  await checkAccessibility(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await checkAccessibility(page);
  await page.setViewportSize({ width: 360, height: 700 });
  await checkWidth(page);
  await checkAccessibility(page);
  // As wide as a window of usual size is at 200 %.
  await page.setViewportSize({ width: 720, height: 450 });
  await checkWidth(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
}

browserTest("a location is registered after a look at what would come in", { token: admin }, async (page) => {
  host.put("/all.yaml", `${component("till")}---\n${component("cart", { description: "Again" })}---\nkind: Component\n`);
  await go(page, "/catalog");
  await page.keyboard.press("g");
  await page.keyboard.press("r");
  await page.getByRole("textbox", { name: "URL" }).fill("ftp://nowhere");
  await page.keyboard.press("Enter");
  await page.locator("[aria-invalid=true]").waitFor();
  await checkAccessibility(page);
  await page.getByRole("textbox", { name: "URL" }).fill(host.url("/nothing.yaml"));
  await page.keyboard.press("Enter");
  await page.getByText("does not exist", { exact: false }).first().waitFor();
  assert.ok(await page.getByRole("button", { name: "Register" }).isDisabled(), "there is nothing to be had");

  await page.getByRole("textbox", { name: "URL" }).fill(host.url("/all.yaml"));
  assert.ok(await page.getByRole("button", { name: "Register" }).isDisabled(), "nothing is registered unseen");
  await page.getByRole("button", { name: "Preview" }).click();
  const outcome = page.getByRole("region", { name: "What would come in" });
  await outcome.getByText("3 documents: 1 new, 1 conflict, 1 refused.").waitFor();
  const item = (text) => outcome.getByRole("listitem").filter({ hasText: text });
  await item("till").getByText("new", { exact: true }).waitFor();
  const conflict = item("component:default/cart").first();
  await conflict.getByRole("link", { name: "The crew" }).waitFor();
  await conflict.getByText(/comes from file:.*cart\.yaml/).waitFor();
  await outcome.getByRole("button", { name: "Descriptor of component:default/till" }).click();
  const descriptor = page.getByRole("dialog", { name: "Descriptor of component:default/till" });
  await descriptor.getByText("Made for a test").waitFor();
  await settled(page);
  await checkAccessibility(page);
  await descriptor.getByRole("button", { name: "Close" }).last().click();
  await checkEverywhere(page);
  const { entity } = await ask('{ entity(ref: "component:till") { ref } }');
  assert.equal(entity, null, "nothing is stored yet");

  await page.getByRole("button", { name: "Register" }).click();
  const done = page.getByRole("region", { name: "What came in" });
  await done.getByRole("link", { name: "till" }).waitFor();
  await checkEverywhere(page);
  await done.getByRole("link", { name: "To the locations" }).click();
  const location = row(page, host.url("/all.yaml"));
  await location.getByText("registered by ada").last().waitFor();
  await location.getByRole("button", { name: "2 problems" }).waitFor();
  await location.getByRole("button", { name: /^1 entity of/ }).click();
  const inside = page.getByRole("dialog", { name: "What this location brings in" });
  await inside.getByRole("link", { name: "till" }).waitFor();
  await settled(page);
  await checkAccessibility(page);
  await inside.getByRole("link", { name: "till" }).click();
  await page.waitForURL("**/catalog/default/component/till");
});

/** Has the forge serve a repository of these files. */
function serveRepository(name, files) {
  const api = `/api/v3/repos/acme/${name}`;
  const tree = Object.keys(files).map((path) => ({ path, type: "blob", mode: "100644" }));
  forge.put(`${api}/git/trees/HEAD`, JSON.stringify({ sha: "1", tree, truncated: false }));
  for (const [path, text] of Object.entries(files)) forge.put(`${api}/contents/${path}`, text);
}

browserTest("a repository without a descriptor is proposed one, and registered once it is there", { token: admin }, async (page) => {
  const files = { "README.md": "# Ticket shop\n\nSells tickets.", Dockerfile: "FROM scratch" };
  serveRepository("shop", files);
  await go(page, "/catalog/register");
  await page.getByRole("textbox", { name: "URL" }).fill(forge.url("/acme/shop"));
  await page.keyboard.press("Enter");
  const draft = page.getByRole("region", { name: "There is no descriptor yet" });
  await draft.getByText("spec.owner").last().waitFor();
  await draft.getByText(forge.url("/acme/shop")).waitFor();
  await checkEverywhere(page);
  await draft.getByRole("button", { name: "Copy Proposed catalog-info.yaml" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /name: shop/);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    draft.getByRole("button", { name: "Download catalog-info.yaml" }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "catalog-info.yaml");
  const yaml = Buffer.concat(await (await download.createReadStream()).toArray()).toString();
  assert.equal(yaml, copied);

  serveRepository("shop", { ...files, "catalog-info.yaml": yaml });
  await draft.getByRole("button", { name: "Preview again" }).click();
  await page.getByRole("region", { name: "What would come in" }).getByText("1 document: 1 new.").waitFor();
  assert.equal(await draft.count(), 0);
  await page.getByRole("button", { name: "Register" }).click();
  await page.getByRole("region", { name: "What came in" }).getByRole("link", { name: "Ticket shop" }).waitFor();
});

browserTest("a file that is not there is no repository to propose anything for", { token: admin }, async (page) => {
  serveRepository("typo", { Dockerfile: "FROM scratch" });
  await go(page, "/catalog/register");
  await page.getByRole("textbox", { name: "URL" }).fill(forge.url("/acme/typo/blob/HEAD/catlog-info.yaml"));
  await page.keyboard.press("Enter");
  await page.locator("[aria-invalid=true]").waitFor();
  await settled(page);
  assert.equal(await page.getByRole("region", { name: "There is no descriptor yet" }).count(), 0);
});

browserTest("what is registered already is said to be, before one tries", { token: admin }, async (page) => {
  host.put("/once.yaml", component("once"));
  await register(host.url("/once.yaml"));
  await go(page, `/catalog/register?target=${encodeURIComponent(host.url("/once.yaml"))}`);
  await page.getByRole("button", { name: "Preview" }).click();
  await page.getByText("This is one of the locations already.").waitFor();
  await page.getByText("1 document: 1 unchanged.").last().waitFor();
  assert.ok(await page.getByRole("button", { name: "Register" }).isDisabled());
  await page.getByRole("link", { name: "Show it" }).click();
  await row(page, host.url("/once.yaml")).waitFor();
});

browserTest("an answer about what was edited meanwhile is not taken for this", { token: admin }, async (page) => {
  host.put("/slow.yaml", component("slow"));
  await go(page, "/catalog/register");
  await page.getByRole("textbox", { name: "URL" }).fill(host.url("/slow.yaml"));
  host.slow(800);
  try {
    await page.getByRole("button", { name: "Preview" }).click();
    await page.getByRole("textbox", { name: "URL" }).fill(host.url("/other.yaml"));
    await page.waitForTimeout(1500);
    await settled(page);
  } finally {
    host.slow(0);
  }
  assert.ok(await page.getByRole("button", { name: "Register" }).isDisabled());
  assert.equal(await page.getByRole("region", { name: "What would come in" }).count(), 0);
});

browserTest("a location that fails says why, and is read again by hand", { token: admin }, async (page) => {
  await go(page, "/catalog/locations");
  await page.getByRole("combobox", { name: "Last read" }).selectOption("true");
  await page.waitForURL("**/catalog/locations?failed=true");
  await settled(page);
  assert.equal(await page.locator("tbody tr").count(), 1);
  const location = row(page, "missing.yaml");
  await location.getByText("failed", { exact: true }).waitFor();
  await location.getByText("does not exist", { exact: false }).waitFor();
  await checkEverywhere(page);
  await location.getByRole("button", { name: /^Refresh / }).click();
  await page.getByText(/missing\.yaml could not be read\./).waitFor();
});

browserTest("what a location says no more keeps its last version, and the location tells why", { token: admin }, async (page) => {
  host.put("/shaky.yaml", component("shaky"));
  await register(host.url("/shaky.yaml"));
  host.remove("/shaky.yaml");
  await go(page, "/catalog/locations?origin=REGISTERED");
  const location = row(page, host.url("/shaky.yaml"));
  await location.getByRole("button", { name: /^Refresh / }).click();
  await location.getByRole("button", { name: "1 problem" }).click();
  const inside = page.getByRole("dialog", { name: "What this location brings in" });
  await inside.getByRole("link", { name: "shaky" }).waitFor();
  await inside.getByText("does not exist", { exact: false }).first().waitFor();
  await settled(page);
  await checkAccessibility(page);
});

browserTest("a location is read from elsewhere, and unregistered", { token: admin }, async (page) => {
  host.put("/old.yaml", component("moved"));
  host.put("/new.yaml", component("moved-on"));
  await register(host.url("/old.yaml"));
  await go(page, "/catalog/locations");
  await row(page, host.url("/old.yaml")).getByRole("button", { name: /^More about/ }).press("Enter");
  await checkAccessibility(page);
  await page.getByRole("button", { name: "Change the target…" }).click();
  const change = page.getByRole("dialog", { name: "Change the target" });
  assert.ok(await change.getByRole("button", { name: "Change" }).isDisabled(), "it is the same yet");
  await change.getByRole("textbox", { name: "URL" }).fill("ftp://nowhere");
  await change.getByRole("button", { name: "Change" }).click();
  await change.locator("[aria-invalid=true]").waitFor();
  await checkAccessibility(page);
  await change.getByRole("textbox", { name: "URL" }).fill(host.url("/new.yaml"));
  await change.getByRole("button", { name: "Change" }).click();
  await page.getByText("1 document is read from there.").waitFor();
  const { moved, on } = await ask('{ moved: entity(ref: "component:moved") { ref } on: entity(ref: "component:moved-on") { ref } }');
  assert.deepEqual([moved, on?.ref], [null, "component:default/moved-on"]);

  await row(page, host.url("/new.yaml")).getByRole("button", { name: /^More about/ }).click();
  await page.getByRole("button", { name: "Unregister…" }).click();
  const question = page.getByRole("dialog", { name: "Unregister this location?" });
  await question.getByText(host.url("/new.yaml")).waitFor();
  await checkAccessibility(page);
  await question.getByRole("button", { name: "Unregister" }).click();
  await page.getByText("The location was unregistered, and 1 entity left the catalog.").waitFor();
  await settled(page);
  assert.equal(await row(page, host.url("/new.yaml")).count(), 0);
  assert.notEqual(await page.evaluate(() => document.activeElement.tagName), "BODY", "the keyboard has a place");
});

browserTest("locations of the config are shown, and offer no way to be rid of them", { token: admin }, async (page) => {
  await go(page, "/catalog/locations?origin=CONFIG");
  await row(page, "cart.yaml").first().waitFor();
  assert.equal(await page.getByRole("button", { name: /^More about/ }).count(), 0);
  await page.getByRole("searchbox", { name: "Target" }).fill("crew");
  await page.waitForURL("**/catalog/locations?text=crew&origin=CONFIG");
  await settled(page);
  assert.equal(await page.locator("tbody tr").count(), 1);
});

browserTest("back leaves what was typed at once, and the head of the page stays where it is", { token: admin }, async (page) => {
  await go(page, "/catalog");
  await page.getByRole("link", { name: "Locations" }).click();
  const box = page.getByRole("searchbox", { name: "Target" });
  await box.pressSequentially("cr");
  await page.waitForURL("**/catalog/locations?text=cr");
  await box.pressSequentially("ew");
  await page.waitForURL("**/catalog/locations?text=crew");
  await page.goBack();
  await page.waitForURL(`${portal.address}/catalog/locations`);
  let release;
  const held = new Promise((go) => (release = go));
  await page.route("**/graphql", async (route) => {
    if (route.request().postData().includes("query Permissions")) await held;
    await route.fallback();
  });
  await page.goto(`${portal.address}/catalog/problems`);
  const head = page.getByRole("heading", { level: 1 });
  await head.waitFor();
  const before = await head.boundingBox();
  release();
  await page.getByRole("navigation", { name: "Where the catalog comes from" }).getByRole("link", { name: "Providers" }).waitFor();
  assert.deepEqual(await head.boundingBox(), before);
});

browserTest("problems are narrowed by what they are, and tell whose the reference is", { token: admin }, async (page) => {
  await go(page, "/catalog/problems");
  await page.getByRole("combobox", { name: "Problem" }).selectOption("CONFLICT");
  await page.waitForURL("**/catalog/problems?problem=CONFLICT");
  await settled(page);
  const conflict = page.getByRole("heading", { level: 2, name: /rival\.yaml/ }).locator("..");
  await conflict.getByRole("link", { name: "cart" }).waitFor();
  await conflict.getByText(/from file:.*cart\.yaml/).waitFor();
  await checkEverywhere(page);
  await page.getByRole("searchbox", { name: "File or reference" }).fill("nothing like this");
  await page.getByRole("heading", { name: "Nothing matches" }).waitFor();
  await page.getByRole("link", { name: "Show all" }).click();
  await page.getByText("broken.yaml").first().waitFor();
});

browserTest("who owns what has problems sees those, and nothing of others", { token: owner }, async (page) => {
  await go(page, "/catalog/problems?mine=true");
  await page.getByText(/rival\.yaml/).first().waitFor();
  await page.getByRole("link", { name: "The crew" }).first().waitFor();
  assert.equal(await page.getByRole("link", { name: "Locations" }).count(), 0);
});

browserTest("what a provider found is told apart from what others did", { token: admin }, async (page) => {
  await go(page, "/catalog/locations?provider=acme");
  await page.getByText("Only what the provider acme found.").waitFor();
  await page.getByRole("heading", { name: "Nothing matches" }).waitFor();
  await page.getByRole("link", { name: "Show what others found, too" }).click();
  await page.waitForURL(`${portal.address}/catalog/locations`);
  await row(page, "cart.yaml").first().waitFor();
});

browserTest("a location tells what it brings in, however many others are called like it", { token: admin }, async (page) => {
  for (let count = 1; count <= 11; count += 1) {
    host.put(`/same.yaml/${count}.yaml`, component(`same-${count}`));
    await register(host.url(`/same.yaml/${count}.yaml`));
  }
  host.put("/same.yaml", component("same"));
  await register(host.url("/same.yaml"));
  await go(page, `/catalog/locations?text=${encodeURIComponent(host.url("/same.yaml"))}`);
  const target = page.getByText(host.url("/same.yaml"), { exact: true });
  await page.getByRole("row").filter({ has: target }).getByRole("button", { name: /^1 entity of/ }).click();
  await page.getByRole("dialog", { name: "What this location brings in" }).getByRole("link", { name: "same", exact: true }).waitFor();
});

browserTest("where there are no providers one reads what is read all the same", { token: admin }, async (page) => {
  await go(page, "/catalog/locations");
  await page.getByRole("navigation", { name: "Where the catalog comes from" }).getByRole("link", { name: "Providers" }).click();
  await page.waitForURL("**/catalog/providers");
  await page.getByRole("heading", { name: "No providers" }).waitFor();
  await checkEverywhere(page);
});

browserTest("a provider tells how it goes, and looks when it is asked to", { token: admin }, async (page) => {
  const provider = { id: "acme", type: "github", title: "GitHub Acme", target: "https://github.com/acme", state: "FAILED", error: "the token is refused", readAt: "2026-01-01T00:00:00Z", nextReadAt: null, locationCount: 2, entityCount: 0 };
  let state = provider;
  await page.route("**/graphql", (route) => {
    const body = route.request().postData();
    if (body.includes("query CatalogProviders")) return route.fulfill({ json: { data: { catalogProviders: [state] } } });
    if (!body.includes("mutation RefreshProvider")) return route.continue();
    state = { ...provider, state: "OK", error: null };
    return route.fulfill({ json: { data: { refreshProvider: { provider: state } } } });
  });
  await go(page, "/catalog/providers");
  await page.getByText("the token is refused").waitFor();
  const found = await page.getByRole("link", { name: "2 locations" }).first().getAttribute("href");
  assert.equal(found, "/catalog/locations?provider=acme");
  await checkEverywhere(page);
  await page.getByRole("button", { name: "Look now: GitHub Acme" }).click();
  await page.getByText("GitHub Acme has looked again.").waitFor();
  await eventually(async () => assert.equal(await page.getByText("the token is refused").count(), 0));
});

browserTest("who may not is offered nothing, and told what it takes", { token: reader }, async (page) => {
  await go(page, "/catalog");
  for (const name of ["Register", "Locations"]) assert.equal(await page.getByRole("link", { name, exact: true }).count(), 0, name);
  for (const [path, permission] of [
    ["/catalog/locations", "catalog.location.read"],
    ["/catalog/providers", "catalog.location.read"],
    ["/catalog/register", "catalog.location.create"],
  ]) {
    await go(page, path);
    await page.getByRole("heading", { name: "You may not see this" }).waitFor();
    await page.getByText(permission).waitFor();
    assert.equal(address(page), path);
  }
});

browserTest("a list that fails says so, and is tried again", { token: admin, allow: [/500/] }, async (page) => {
  await page.route("**/graphql", (route) =>
    route.request().postData().includes("query Locations") ? route.fulfill({ status: 500, body: "" }) : route.continue(),
  );
  await go(page, "/catalog/locations");
  await page.getByRole("heading", { name: "The locations could not be loaded" }).waitFor();
  await page.unroute("**/graphql");
  await page.getByRole("button", { name: "Try again" }).click();
  await row(page, "cart.yaml").first().waitFor();
});
