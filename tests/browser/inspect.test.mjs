// What the catalog knows of an entity beside its descriptor.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { checkAccessibility, checkWidth } from "./support/accessibility.mjs";
import { component, startFileHost } from "./support/fileHost.mjs";
import { address, browserTest, open, query, settled } from "./support/portal.mjs";
import { freePort, startPortal } from "./support/server.mjs";

const path = "/catalog/default/component/booking-service";
const ref = "component:default/booking-service";
const parts = ["overview", "ancestry", "source", "colocated", "json", "yaml"];
const dialog = (page, name = "Inspect Booking service") => page.getByRole("dialog", { name });
const tab = (page, name) => dialog(page).getByRole("tab", { name, exact: true });
const line = (page, name) => page.getByRole("dialog").locator("dl > div").filter({ has: page.locator("dt").filter({ hasText: new RegExp(`^${name}`) }) }).locator("dd");

browserTest("an entity is inspected by a key, tab after tab, and the page is as it was afterwards", {}, async (page) => {
  await open(page, `${path}/relations?type=dependsOn`);
  await page.keyboard.press("i");
  await dialog(page).waitFor();
  assert.equal(address(page), `${path}/relations?type=dependsOn&inspect=overview`);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Overview");
  for (const part of parts.slice(1)) {
    await page.keyboard.press("ArrowRight");
    await page.waitForURL(`**${path}/relations?type=dependsOn&inspect=${part}`);
    assert.equal(await page.evaluate(() => document.activeElement.textContent.toLowerCase()), part);
  }
  await page.keyboard.press("ArrowRight");
  await page.waitForURL(`**&inspect=overview`);
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "detached" });
  await page.waitForURL(`**${path}/relations?type=dependsOn`);
});

browserTest("going back closes the inspection, and going on opens it again", {}, async (page) => {
  await open(page, "/catalog");
  await open(page, path);
  await page.getByRole("main").getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("button", { name: "Inspect" }).click();
  await dialog(page).waitFor();
  await tab(page, "Ancestry").click();
  await page.goBack();
  await dialog(page).waitFor({ state: "detached" });
  assert.equal(address(page), path);
  await page.goForward();
  await dialog(page).waitFor();
  assert.equal(await tab(page, "Ancestry").getAttribute("aria-selected"), "true");
  await dialog(page).getByRole("button", { name: "Close" }).click();
  await dialog(page).waitFor({ state: "detached" });
  assert.equal(address(page), path);
});

browserTest("the menu that opened the inspection has the keyboard again when it is closed", {}, async (page) => {
  await open(page, path);
  await page.getByRole("main").getByRole("button", { name: "More", exact: true }).press("Enter");
  await page.getByRole("button", { name: "Inspect" }).press("Enter");
  await dialog(page).waitFor();
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "detached" });
  await settled(page);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "More");
});

browserTest("the palette inspects the entity of the page, and only where there is one", {}, async (page) => {
  await open(page, path);
  await page.keyboard.press("Control+k");
  await page.keyboard.type(">how this entity came");
  await page.getByRole("option", { name: "Show how this entity came into the catalog" }).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${path}?inspect=ancestry`);
  await dialog(page).waitFor();
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "detached" });
  await page.keyboard.press("Control+k");
  await page.keyboard.type(">copy the reference");
  await page.keyboard.press("Enter");
  await page.getByText(`${ref} is on the clipboard.`).waitFor();
  await open(page, "/catalog");
  await page.keyboard.press("Control+k");
  await page.keyboard.type(">inspect this");
  await settled(page);
  assert.equal(await page.getByRole("option", { name: "Inspect this entity" }).count(), 0);
});

browserTest("the first keys of a sequence inspect nothing", {}, async (page) => {
  await open(page, path);
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await page.waitForURL("**/apis");
  assert.equal(await page.getByRole("dialog").count(), 0);
});

browserTest("an address shows the part that it names, and the first for one that there is not", {}, async (page) => {
  await open(page, `${path}?inspect=nonsense`);
  const { entity } = await query("query($ref: EntityRef!) { entity(ref: $ref) { uid etag id } }", { ref });
  assert.equal(await tab(page, "Overview").getAttribute("aria-selected"), "true");
  for (const [name, value] of [["UID", entity.uid], ["ETag", entity.etag], ["Node id", entity.id], ["Reference", ref]]) {
    await line(page, name).getByText(value, { exact: true }).waitFor();
  }
  await dialog(page).getByRole("button", { name: "Copy ETag" }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), entity.etag);
  await dialog(page).getByRole("button", { name: "Close" }).click();
  await page.waitForURL(`**${path}`);
});

browserTest("the ancestry goes from what the portal was told down to the entity", {}, async (page) => {
  await open(page, `${path}?inspect=ancestry`);
  const ranks = dialog(page).getByRole("list", { name: "Ancestry" }).getByRole("listitem");
  const { entity } = await query("query($ref: EntityRef!) { entity(ref: $ref) { ancestry { items { entity { displayName } } } ingestion { origin } } }", { ref });
  const texts = await ranks.allTextContents();
  assert.equal(texts.length, entity.ancestry.items.length + 1);
  assert.match(texts[0], /^Named in the config/);
  assert.ok(texts[0].includes(entity.ingestion.origin));
  for (const [index, { entity: ancestor }] of entity.ancestry.items.toReversed().entries()) {
    assert.ok(texts[index + 1].startsWith(ancestor.displayName), texts[index + 1]);
  }
  await ranks.filter({ hasText: "9 targets" }).getByText("./domains.yaml").waitFor();
  await ranks.getByRole("link", { name: "Everything at Lantern" }).click();
  await page.waitForURL("**/catalog/default/location/lantern");
  await page.getByRole("heading", { level: 1, name: "Everything at Lantern" }).waitFor();
  assert.equal(await page.getByRole("dialog").count(), 0);
});

browserTest("what a provider found says so, and leads to the providers", {}, async (page) => {
  await open(page, "/catalog/default/resource/car-51-70-101?inspect=ancestry");
  await page.getByRole("dialog").getByText("Found by the provider json:rolling-stock").waitFor();
  await page.getByRole("tab", { name: "Source" }).click();
  await line(page, "Began with").getByRole("link", { name: "See it among the providers" }).click();
  await page.waitForURL("**/catalog/providers");
});

browserTest("the source says where an entity was read from, when, and what is wrong around it", {}, async (page) => {
  await open(page, `${path}?inspect=source`);
  const { entity } = await query("query($ref: EntityRef!) { entity(ref: $ref) { sourceLocation ingestion { location origin catalogLocation { problemCount } } } }", { ref });
  const { location, origin, catalogLocation } = entity.ingestion;
  await line(page, "Read from").getByText(location, { exact: true }).waitFor();
  await line(page, "Began with").getByText(origin, { exact: true }).waitFor();
  const code = line(page, "Source code").getByRole("link");
  assert.equal(`url:${await code.getAttribute("href")}`, entity.sourceLocation);
  await line(page, "View").getByText("Unknown").waitFor();
  assert.ok(catalogLocation.problemCount > 0, "the demo has a descriptor with problems");
  await line(page, "Problems").getByRole("link").click();
  await page.waitForURL("**/catalog/problems");
});

browserTest("others of the same file, and of the same beginning, are counted without the entity itself", {}, async (page) => {
  await open(page, `${path}?inspect=colocated`);
  const file = page.getByRole("region", { name: "From the same file" });
  await file.getByRole("link", { name: "Berth map" }).waitFor();
  assert.equal(await file.getByRole("listitem").count(), 1);
  const { entity } = await query("query($ref: EntityRef!) { entity(ref: $ref) { ingestion { catalogLocation { entities(first: 0) { totalCount } } } } }", { ref });
  const others = entity.ingestion.catalogLocation.entities.totalCount - 1;
  const origin = page.getByRole("region", { name: "From the same beginning" });
  await origin.getByText(String(others), { exact: true }).waitFor();
  assert.equal(await origin.getByRole("link", { name: "Booking service", exact: true }).count(), 0);
  const listed = await origin.getByRole("listitem").count();
  assert.ok(listed < others, "more than are listed");
  await origin.getByText(`${listed} of ${others} are shown.`).waitFor();
});

browserTest("the whole of an entity is read, copied and kept, with its ids, status and relations", {}, async (page) => {
  const { entity } = await query(
    "query($ref: EntityRef!) { entity(ref: $ref) { apiVersion kind metadata spec uid etag relations(first: 500) { nodes { type targetRef } } } }",
    { ref },
  );
  const { relations, uid, etag, metadata, ...rest } = entity;
  const whole = { ...rest, metadata: { ...metadata, uid, etag }, relations: relations.nodes };
  await open(page, `${path}?inspect=json`);
  await dialog(page).getByRole("button", { name: "Copy JSON" }).click();
  assert.deepEqual(JSON.parse(await page.evaluate(() => navigator.clipboard.readText())), whole);
  const [file] = await Promise.all([page.waitForEvent("download"), dialog(page).getByRole("button", { name: "Download" }).click()]);
  assert.equal(file.suggestedFilename(), "component-default-booking-service.json");
  assert.deepEqual(JSON.parse(await readFile(await file.path(), "utf8")), whole);
  await tab(page, "YAML").click();
  assert.match(await page.getByRole("region", { name: "YAML" }).textContent(), /^apiVersion: .*\nkind: Component\nmetadata:\n/);
  const [yaml] = await Promise.all([page.waitForEvent("download"), dialog(page).getByRole("button", { name: "Download" }).click()]);
  assert.equal(yaml.suggestedFilename(), "component-default-booking-service.yaml");
});

browserTest("one request serves the parts that tell of the same", {}, async (page) => {
  await open(page, path);
  const names = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/graphql")) names.push(/query (\w+)/.exec(request.postDataJSON().query)?.[1]);
  });
  await page.keyboard.press("i");
  await dialog(page).waitFor();
  for (const name of ["Ancestry", "Source", "Colocated", "JSON", "YAML"]) {
    await tab(page, name).click();
    await settled(page);
  }
  const asked = names.filter((name) => name !== "EntityPage");
  assert.deepEqual([...new Set(asked)], ["Inspection", "Colocated", "WholeEntity"]);
  // What is live may be fetched once more meanwhile; each part on its own would be two more.
  assert.ok(asked.length <= 4, asked.join(", "));
});

browserTest("what cannot be inspected says why, and is asked for again", {}, async (page) => {
  await open(page, path);
  let isBroken = true;
  await page.route("**/graphql", (route) =>
    isBroken && route.request().postData().includes("query Inspection") ? route.fulfill({ json: { data: { entity: null }, errors: [{ message: "the store did not answer", path: ["entity"], extensions: { code: "INTERNAL" } }] } }) : route.continue(),
  );
  await page.keyboard.press("i");
  await dialog(page).getByRole("alert").waitFor();
  await checkAccessibility(page);
  isBroken = false;
  await dialog(page).getByRole("button", { name: "Try again" }).click();
  await line(page, "Reference").getByText(ref, { exact: true }).waitFor();
});

for (const [width, scheme] of [[1440, "light"], [1440, "dark"], [375, "light"], [375, "dark"]]) {
  browserTest(`every part of the inspection is accessible and fits at ${width} px, ${scheme}`, { width, scheme }, async (page) => {
    for (const part of parts) {
      await open(page, `${path}?inspect=${part}`);
      await dialog(page).waitFor();
      await settled(page);
      await checkAccessibility(page);
      await checkWidth(page);
      const box = await dialog(page).boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= width, part);
    }
  });
}

const host = await startFileHost();
const token = "ada-runs-the-portal";
const portal = await startPortal({
  port: await freePort(),
  config: {
    backend: { data: "./data", reading: { allow: [{ host: host.host, allowPrivate: true }] } },
    auth: { tokens: [{ token, subject: "user:default/ada" }] },
    permission: { roles: [{ name: "admins", members: ["user:default/ada"], grants: [{ permission: "*" }] }] },
  },
});
test.after(async () => {
  await portal.stop();
  await host.stop();
});

browserTest("what somebody registered names them, and a reading that failed says why", { token }, async (page) => {
  host.put("/shop.yaml", component("shop"));
  const asAdmin = { origin: portal.address, token };
  await query('mutation($input: RegisterLocationInput!) { registerLocation(input: $input) { exists } }', { input: { target: host.url("/shop.yaml") } }, asAdmin);
  await open(page, "/catalog/default/component/shop?inspect=ancestry", portal.address);
  await page.getByRole("dialog").getByText("Registered in the portal by ada").waitFor();
  host.put("/shop.yaml", "kind: [");
  await query('mutation { refreshEntity(input: { ref: "component:shop" }) { entity { ref } } }', {}, asAdmin);
  await open(page, "/catalog/default/component/shop?inspect=source", portal.address);
  await line(page, "State").getByText("The last reading failed", { exact: false }).waitFor();
  assert.notEqual(await line(page, "Problems").textContent(), "None");
  await checkAccessibility(page);
});

browserTest("an address too long to look others up by says so", { token }, async (page) => {
  const long = `/${"far-away-".repeat(30)}.yaml`;
  host.put(long, component("remote"));
  const asAdmin = { origin: portal.address, token };
  await query('mutation($input: RegisterLocationInput!) { registerLocation(input: $input) { exists } }', { input: { target: host.url(long) } }, asAdmin);
  await open(page, "/catalog/default/component/remote?inspect=colocated", portal.address);
  await page.getByText("The address is too long to look others up by.").waitFor();
  await checkAccessibility(page);
});
