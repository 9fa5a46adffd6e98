// What the page of an entity shows that depends on its kind.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkAccessibility, checkWidth } from "./support/accessibility.mjs";
import { address, browserTest, eventually, open, query, settled } from "./support/portal.mjs";
import { freePort, startPortal } from "./support/server.mjs";

const region = (page, name) => page.getByRole("region", { name, exact: true });
const node = (page, name) => page.getByRole("treeitem", { name });
const focused = (page) => page.evaluate(() => document.activeElement.textContent);
const shown = (page) => page.getByRole("treeitem").evaluateAll((nodes) => nodes.map((one) => one.dataset.ref));

/** The operations that a page asks while something is done with it. */
async function asked(page, act) {
  const names = [];
  const note = (request) => {
    if (!request.url().endsWith("/graphql")) return;
    names.push(/(?:query|mutation) (\w+)/.exec(request.postDataJSON().query)?.[1]);
  };
  page.on("request", note);
  await act();
  await settled(page);
  page.off("request", note);
  return names;
}

browserTest("one request brings all that the overview of any kind shows at first", {}, async (page) => {
  const frame = await asked(page, () => open(page, "/catalog"));
  for (const path of ["group/passenger-products", "user/tomas.novak", "system/booking", "domain/passengers", "component/booking-service"]) {
    const names = await asked(page, () => open(page, `/catalog/default/${path}`));
    const own = names.filter((name) => !frame.includes(name));
    assert.deepEqual(own, ["EntityPage"], path);
  }
});

browserTest("a group stands in its hierarchy: from the top down to it, with what is beside it and below it", {}, async (page) => {
  await open(page, "/catalog/default/group/passenger-products");
  const tree = page.getByRole("tree", { name: "Where it stands" });
  await tree.waitFor();
  assert.deepEqual(await shown(page), [
    "group:default/lantern",
    "group:default/passenger-products",
    "group:default/booking",
    "group:default/journeys",
    "group:default/onboard",
    "group:default/platform",
    "group:default/railway-operations",
  ]);
  const own = node(page, /^Passenger Products/);
  assert.equal(await own.getAttribute("aria-current"), "page");
  assert.equal(await own.getAttribute("aria-level"), "2");
  assert.equal(await own.getAttribute("aria-setsize"), "3");
  assert.equal(await node(page, /^Railway Operations/).getAttribute("aria-expanded"), "false");
  await page.getByTitle("Show what is below Railway Operations").click();
  await node(page, /^Control Room/).waitFor();
  await page.getByTitle("Fold what is below Railway Operations").click();
  await node(page, /^Control Room/).waitFor({ state: "detached" });
  await node(page, /^Booking/).getByRole("link").click();
  await page.waitForURL("**/catalog/default/group/booking");
  await page.getByRole("heading", { level: 1, name: "Booking" }).waitFor();
  assert.equal(await node(page, /^Booking/).getAttribute("aria-current"), "page");
});

browserTest("the hierarchy goes by the keyboard alone", {}, async (page) => {
  await open(page, "/catalog/default/group/passenger-products");
  const press = async (key, expected) => {
    await page.keyboard.press(key);
    assert.match(await focused(page), expected, key);
  };
  // The tree is one stop, at the group that the page is about.
  await region(page, "Where it stands").getByRole("link", { name: "Open the graph" }).focus();
  await press("Tab", /^Passenger Products/);
  await press("ArrowUp", /^Lantern Night Trains/);
  await press("End", /^Railway Operations/);
  await press("ArrowRight", /^Railway Operations/);
  assert.equal(await node(page, /^Railway Operations/).getAttribute("aria-expanded"), "true");
  await press("ArrowRight", /^Control Room/);
  await press("ArrowLeft", /^Railway Operations/);
  await press("ArrowLeft", /^Railway Operations/);
  assert.equal(await node(page, /^Control Room/).count(), 0);
  await press("Home", /^Lantern Night Trains/);
  await press("j", /^Journeys/);
  // Folding what the keyboard is in takes it along.
  await press("Home", /^Lantern Night Trains/);
  await press("ArrowLeft", /^Lantern Night Trains/);
  assert.deepEqual(await shown(page), ["group:default/lantern"]);
  await press("*", /^Lantern Night Trains/);
  await press("p", /^Passenger Products/);
  await press("ArrowDown", /^Booking/);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/catalog/default/group/booking");
});

browserTest("the members of a group are its own, or those of all groups below it", {}, async (page) => {
  const { entity } = await query(
    '{ entity(ref: "group:passenger-products") { ... on Group { members { nodes { displayName } } all: members(transitive: true) { nodes { displayName } } } } }',
  );
  assert.ok(entity.all.nodes.length > entity.members.nodes.length, "there are people below");
  await open(page, "/catalog/default/group/passenger-products");
  const card = region(page, "Members");
  const names = () => card.getByRole("listitem").getByRole("link").allTextContents();
  assert.deepEqual(await names(), entity.members.nodes.map(({ displayName }) => displayName));
  const everybody = card.getByRole("button", { name: /^With groups below/ });
  assert.deepEqual(await asked(page, () => everybody.press("Enter")), ["GroupMembers"]);
  await eventually(async () => assert.deepEqual(await names(), entity.all.nodes.map(({ displayName }) => displayName)));
  assert.equal(await everybody.getAttribute("aria-pressed"), "true");
  await checkAccessibility(page);
  await card.getByRole("button", { name: /^Direct/ }).click();
  assert.deepEqual(await names(), entity.members.nodes.map(({ displayName }) => displayName));
});

browserTest("what a group owns is counted by kind and type, and each count leads to those very entities", {}, async (page) => {
  await open(page, "/catalog/default/group/booking");
  const card = region(page, "Ownership");
  const { entities } = await query('{ entities(filter: { owner: ["group:booking"] }, first: 0) { totalCount facets(fields: ["kind"]) { values { value count } } } }');
  for (const { value, count } of entities.facets[0].values) {
    await card.getByRole("link", { name: new RegExp(`^${count} ${value.slice(0, 4)}`, "i") }).waitFor();
  }
  await card.getByRole("link", { name: "service 3" }).click();
  await page.waitForURL((url) => url.pathname === "/catalog");
  assert.equal(address(page), "/catalog?owner=group:default/booking&kind=component&type=service");
  await settled(page);
  assert.equal(await page.locator("[data-row-link]").count(), 3);
});

browserTest("what a department owns with all groups below it counts each thing once", {}, async (page) => {
  const owners = ["passenger-products", "booking", "journeys", "onboard"].map((name) => `group:default/${name}`);
  const { entities } = await query("query($owner: [EntityRef!]) { entities(filter: { owner: $owner }, first: 0) { totalCount } }", { owner: owners });
  await open(page, "/catalog/default/group/passenger-products");
  const card = region(page, "Ownership");
  await card.getByRole("button", { name: "With groups below" }).click();
  const all = card.getByRole("link", { name: `See all ${entities.totalCount}` });
  await all.waitFor();
  await checkAccessibility(page);
  await all.click();
  await page.getByText(new RegExp(`^${entities.totalCount} entities`)).first().waitFor();
});

browserTest("a person shows their groups, and what they own themselves and through each of them", {}, async (page) => {
  await open(page, "/catalog/default/user/jonas.berg");
  await region(page, "About").getByRole("link", { name: "jonas.berg@lantern.example" }).waitFor();
  const groups = region(page, "Groups");
  assert.deepEqual((await groups.getByRole("link").allTextContents()).toSorted(), ["Control Room", "Platform"]);
  const owners = region(page, "Ownership").getByRole("listitem");
  const { entities } = await query('{ entities(filter: { owner: ["group:platform"] }, first: 0) { facets(fields: ["kind"]) { values { value count } } } }');
  const platform = owners.filter({ has: page.getByRole("link", { name: "Platform" }) });
  assert.equal(await platform.getByRole("link").count(), entities.facets[0].values.length + 1);
  // What a group above them owns, they own as the portal sees it.
  await owners.filter({ hasText: "Through a group above" }).getByRole("link", { name: "Railway Operations" }).waitFor();
  await platform.getByRole("link", { name: "2 components" }).click();
  await page.waitForURL((url) => url.pathname === "/catalog");
  assert.equal(address(page), "/catalog?owner=group:default/platform&kind=component");
});

browserTest("a system lists what it is made of with owners, draws how that works together, and leads to all of it", {}, async (page) => {
  await open(page, "/catalog/default/system/booking");
  const { entity } = await query(
    '{ entity(ref: "system:booking") { ... on System { components { totalCount nodes { displayName owner { displayName } } } apis { totalCount } resources { totalCount } } } }',
  );
  const table = page.getByRole("table", { name: "Components" });
  assert.equal(await table.locator("tbody tr").count(), entity.components.totalCount);
  for (const { displayName, owner } of entity.components.nodes) {
    const row = table.getByRole("row").filter({ has: page.getByRole("link", { name: displayName, exact: true }) });
    await row.getByRole("link", { name: owner.displayName, exact: true }).waitFor();
  }
  for (const [name, { totalCount }] of [["APIs", entity.apis], ["Resources", entity.resources]]) {
    assert.equal(await page.getByRole("table", { name, exact: true }).locator("tbody tr").count(), totalCount);
  }
  const drawing = region(page, "Inner workings").getByRole("list");
  await drawing.getByText("Booking database").waitFor();
  assert.equal(await drawing.getByText("Ticketing").count(), 0, "the domain is no part of it");
  await page.getByRole("link", { name: "See all: Components" }).click();
  await page.waitForURL("**/system/booking/relations?type=hasPart&kind=component");
  await page.getByText(`${entity.components.totalCount} of ${entity.components.totalCount}`).waitFor();
  await page.getByRole("link", { name: "Only Component; show every kind" }).click();
  const parts = entity.components.totalCount + entity.apis.totalCount + entity.resources.totalCount;
  await page.getByText(`${parts} of ${parts}`).waitFor();
  assert.equal(address(page), "/catalog/default/system/booking/relations?type=hasPart");
});

browserTest("AI resources that are part of a system are listed with the rest of it", {}, async (page) => {
  await open(page, "/catalog/default/system/developer-platform");
  await page.getByRole("table", { name: "AI resources" }).getByRole("link", { name: "Incident timeline" }).waitFor();
});

browserTest("a domain lists its subdomains and its systems with what those are made of", {}, async (page) => {
  await open(page, "/catalog/default/domain/passengers");
  const { entity } = await query(
    '{ entity(ref: "domain:passengers") { ... on Domain { systems { nodes { displayName ... on System { components(first: 0) { totalCount } apis(first: 0) { totalCount } resources(first: 0) { totalCount } } } } } } }',
  );
  assert.ok(entity.systems.nodes.length >= 2, "the demo has a domain with two systems");
  for (const { displayName, components, apis, resources } of entity.systems.nodes) {
    const row = page.getByRole("table", { name: "Systems" }).getByRole("row").filter({ hasText: displayName });
    assert.deepEqual(
      (await row.getByRole("cell").allTextContents()).slice(2),
      [components, apis, resources].map(({ totalCount }) => String(totalCount)),
    );
  }
  await page.getByRole("table", { name: "Subdomains" }).getByRole("link", { name: "Ticketing" }).waitFor();
  await page.getByTitle("Show what is below Ticketing").click();
  await node(page, /^Booking/).getByRole("link").click();
  await page.waitForURL("**/catalog/default/system/booking");
});

browserTest("facts that few look for are folded, and a location says where it leads", {}, async (page) => {
  await open(page, "/catalog/default/component/booking-service");
  const about = region(page, "About");
  assert.equal(await about.getByText("in-scope").isVisible(), false);
  await about.getByText("2 labels").click();
  await about.getByText("in-scope").waitFor();
  await open(page, "/catalog/default/location/lantern");
  await region(page, "About").getByText("./domains.yaml").waitFor();
});

for (const [width, scheme] of [[1440, "light"], [1440, "dark"], [375, "light"], [375, "dark"]]) {
  browserTest(`every kind is accessible and fits at ${width} px, ${scheme}`, { width, scheme }, async (page) => {
    for (const path of [
      "default/group/passenger-products",
      "operations/group/control-room",
      "default/user/jonas.berg",
      "default/system/booking",
      "default/domain/passengers",
      "default/api/booking-api",
      "default/resource/booking-database",
      "default/template/night-service",
      "default/location/booking",
    ]) {
      await open(page, `/catalog/${path}`);
      await checkAccessibility(page);
      await checkWidth(page);
    }
  });
}

browserTest("a hierarchy that is wider than its place is dragged, and dragging follows no link", { width: 900 }, async (page) => {
  await open(page, "/catalog/default/group/passenger-products");
  const tree = page.getByRole("tree");
  const scrolled = () => tree.evaluate((element) => element.parentElement.scrollLeft);
  await tree.evaluate((element) => (element.parentElement.scrollLeft = 0));
  assert.ok(await tree.evaluate(({ parentElement: place }) => place.scrollWidth > place.clientWidth));
  const box = await node(page, /^Platform/).getByRole("link").boundingBox();
  await page.mouse.move(box.x + 40, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x - 30, box.y + 10, { steps: 4 });
  await page.mouse.up();
  assert.ok((await scrolled()) > 0);
  assert.equal(address(page), "/catalog/default/group/passenger-products");
});

const group = (name, parent, members = 0) =>
  [
    `apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: { name: ${name} }\nspec: { type: team, children: []${parent ? `, parent: ${parent}` : ""} }\n`,
    ...Array.from({ length: members }, (_, index) => `apiVersion: backstage.io/v1alpha1\nkind: User\nmetadata: { name: ${name}-${index} }\nspec: { memberOf: [${name}] }\n`),
  ].join("---\n");

const many = Array.from({ length: 130 }, (_, index) => `team-${String(index).padStart(3, "0")}`);
const large = await startPortal({
  port: await freePort(),
  files: {
    "groups.yaml": [
      group("company"),
      group("engineering", "company", 30),
      ...many.map((name) => group(name, "engineering")),
      group("squad", "team-129"),
      group("alone"),
      ...["seen", "lost", "open"].map(
        (name) => `apiVersion: backstage.io/v1alpha1\nkind: User\nmetadata: { name: ${name} }\nspec: { memberOf: [], profile: { picture: "${name === "open" ? "http" : "https"}://pictures.example/${name}.svg" } }\n`,
      ),
    ].join("---\n"),
  },
  config: {
    auth: { guest: { enabled: true } },
    permission: { roles: [{ name: "reader", members: ["*"], grants: [{ permission: "catalog.entity.read" }] }] },
  },
});
test.after(() => large.stop());

browserTest("of a hierarchy too large to fetch at once the nearest is drawn, and the rest when it is opened", {}, async (page) => {
  await open(page, "/catalog/default/group/company", large.address);
  const card = region(page, "Where it stands");
  await card.getByText("The nearest are drawn.", { exact: false }).waitFor();
  const engineering = node(page, /^engineering/);
  await engineering.focus();
  assert.deepEqual(await asked(page, () => page.keyboard.press("ArrowRight")), ["HierarchyBelow"]);
  await node(page, /^team-129/).waitFor();
  assert.equal(await page.getByRole("treeitem", { level: 3 }).count(), many.length);
  await checkAccessibility(page);
  // That there is more below one of them was not known before.
  await node(page, /^team-129/).focus();
  await page.keyboard.press("ArrowRight");
  await node(page, /^squad/).waitFor();
});

browserTest("what of a hierarchy cannot be fetched is said, and asked for again", {}, async (page) => {
  await open(page, "/catalog/default/group/company", large.address);
  let isBroken = true;
  await page.route("**/graphql", (route) =>
    isBroken && route.request().postData().includes("query HierarchyBelow") ? route.fulfill({ json: { data: { entityGraph: null }, errors: [{ message: "the store did not answer", path: ["entityGraph"], extensions: { code: "INTERNAL" } }] } }) : route.continue(),
  );
  await node(page, /^engineering/).focus();
  await page.keyboard.press("ArrowRight");
  const alert = region(page, "Where it stands").getByRole("alert");
  await alert.getByText("What is below could not be fetched.", { exact: false }).waitFor();
  isBroken = false;
  await alert.getByRole("button", { name: "Try again" }).click();
  await node(page, /^team-129/).waitFor();
  assert.equal(await alert.count(), 0);
});

browserTest("the first of many members are shown, and all of them for those who ask", {}, async (page) => {
  await open(page, "/catalog/default/group/engineering", large.address);
  const card = region(page, "Members");
  assert.equal(await card.getByRole("listitem").count(), 8);
  await card.getByRole("button", { name: "Show all 30" }).click();
  await eventually(async () => assert.equal(await card.getByRole("listitem").count(), 30));
  // Not all groups below are known, so what they own together is not told.
  assert.equal(await region(page, "Ownership").getByRole("button").count(), 0);
});

browserTest("a group without people, things and neighbours says so", {}, async (page) => {
  await open(page, "/catalog/default/group/alone", large.address);
  await page.getByText("Nobody is in this group.").waitFor();
  await page.getByText("Nothing in the catalog is in its charge.").waitFor();
  assert.equal(await region(page, "Where it stands").count(), 0);
  await checkAccessibility(page);
});

browserTest("somebody's picture is shown where it can be fetched safely, and the icon of people where not", { allow: [/404/] }, async (page) => {
  const fetched = [];
  await page.route("**/pictures.example/**", (route) => {
    fetched.push(route.request().url());
    if (route.request().url().includes("lost")) return route.fulfill({ status: 404 });
    return route.fulfill({ contentType: "image/svg+xml", body: '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>' });
  });
  const picture = page.locator("main header img");
  await open(page, "/catalog/default/user/seen", large.address);
  await picture.waitFor();
  await checkAccessibility(page);
  await open(page, "/catalog/default/user/lost", large.address);
  await picture.waitFor({ state: "detached" });
  await open(page, "/catalog/default/user/open", large.address);
  assert.equal(await picture.count(), 0);
  assert.deepEqual(fetched, ["https://pictures.example/seen.svg", "https://pictures.example/lost.svg"]);
});

browserTest("a person in no group, and with nothing of their own, is told of in so many words", {}, async (page) => {
  await open(page, "/catalog/default/user/open", large.address);
  await page.getByText("This person is in no group.").waitFor();
  await region(page, "Ownership").getByText("nothing", { exact: true }).waitFor();
});
