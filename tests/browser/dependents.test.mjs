import assert from "node:assert/strict";
import { checkAccessibility, checkWidth } from "./support/accessibility.mjs";
import { address, browserTest, eventually, open, query, settled } from "./support/portal.mjs";

const card = (page, name) => page.getByRole("region", { name, exact: true });

browserTest("what depends on an entity is told by distance, and whom a change concerns", {}, async (page) => {
  const ref = "component:default/booking-service";
  const { entityDependents } = await query(
    "query($ref: EntityRef!) { entityDependents(ref: $ref) { nodes { depth entity { displayName owner { ref } } } } }",
    { ref },
  );
  const reached = entityDependents.nodes.filter(({ depth }) => depth > 0);
  await open(page, "/catalog/default/component/booking-service");
  await page.getByRole("link", { name: "Dependents" }).click();
  await page.getByText(`${reached.length} entities depend on this`).waitFor();
  const direct = card(page, "Directly");
  const names = (region) => region.getByRole("listitem").evaluateAll((items) => items.map((item) => item.querySelector("a").textContent));
  assert.deepEqual(
    (await names(direct)).sort(),
    reached.filter(({ depth }) => depth === 1).map(({ entity }) => entity.displayName).sort(),
  );
  await direct.getByText("Provided by").waitFor();
  await card(page, "2 steps away").getByText("Consumes APIs").first().waitFor();
  const owners = new Set(reached.map(({ entity }) => entity.owner.ref));
  assert.equal(await card(page, "Who is affected by a change").getByRole("listitem").count(), owners.size);
  await settled(page);
  await checkAccessibility(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await checkAccessibility(page);
  await page.setViewportSize({ width: 360, height: 700 });
  await checkWidth(page);
  await checkAccessibility(page);
});

browserTest("the way from one entity to another is found, and stands in the address", {}, async (page) => {
  await open(page, "/catalog/default/component/attendant-app/dependents");
  const other = page.getByRole("combobox", { name: "Other entity" });
  await other.fill("delay model");
  await page.getByRole("option", { name: /Delay model/ }).click();
  await page.waitForURL("**/component/attendant-app/dependents?to=resource:default/delay-model");
  const steps = page.getByRole("list", { name: "The path" }).getByRole("listitem");
  const { entityPath } = await query(
    '{ entityPath(from: "component:default/attendant-app", to: "resource:default/delay-model") { nodes { ref } } }',
  );
  await eventually(async () => assert.equal(await steps.count(), entityPath.nodes.length));
  await steps.nth(0).getByText("Consumes APIs").waitFor();
  await settled(page);
  await checkAccessibility(page);
  assert.equal(
    await page.getByRole("region", { name: "Path to another entity" }).getByRole("link", { name: "Show it in the graph" }).getAttribute("href"),
    "/catalog-graph?from=component:default/attendant-app&to=resource:default/delay-model",
  );
  await page.reload();
  await steps.last().getByRole("link", { name: "Delay model" }).waitFor();
  assert.equal(address(page), "/catalog/default/component/attendant-app/dependents?to=resource:default/delay-model");
});

browserTest("what depends on an entity is drawn, and every entity of the graph leads back to its dependents", {}, async (page) => {
  const ref = "component:default/booking-service";
  const { entityDependents } = await query("query($ref: EntityRef!) { entityDependents(ref: $ref) { nodes { ref depth } } }", { ref });
  await open(page, "/catalog/default/component/booking-service/dependents");
  await page.getByRole("link", { name: "Show it in the graph" }).click();
  const furthest = Math.max(...entityDependents.nodes.map(({ depth }) => depth));
  await page.waitForURL(`**/catalog-graph?root=${ref}&depth=${furthest}&follow=dependents`);
  const drawn = () => page.locator("[data-node]").evaluateAll((found) => found.map((one) => one.dataset.node).sort());
  await eventually(async () => assert.deepEqual(await drawn(), entityDependents.nodes.map((node) => node.ref).sort()));
  assert.equal(await page.getByRole("button", { name: "Kinds" }).count(), 0, "what has no meaning there is not offered");
  await settled(page);
  await checkAccessibility(page);
  await page.locator(`[data-node="${ref}"]`).click();
  await page.getByRole("complementary", { name: "Selected" }).getByRole("link", { name: "Dependents" }).click();
  await page.waitForURL("**/catalog/default/component/booking-service/dependents");
  await page.goBack();
  await page.getByRole("button", { name: "Options" }).click();
  await page.getByRole("radio", { name: "Both ways" }).check();
  await eventually(() => assert.ok(!address(page).includes("follow")));
  await page.getByRole("button", { name: "Kinds" }).waitFor();
});

browserTest("what nothing depends on says so, and people have no dependents", {}, async (page) => {
  const { entities } = await query('{ entities(filter: { kind: ["component"] }, first: 100) { nodes { ref name } } }');
  let leaf;
  for (const { ref, name } of entities.nodes) {
    const { entityDependents } = await query("query($ref: EntityRef!) { entityDependents(ref: $ref) { nodes { ref } } }", { ref });
    if (entityDependents.nodes.length === 1 && ref.startsWith("component:default/")) leaf = name;
  }
  assert.ok(leaf, "something that nothing depends on is in the demo");
  await open(page, `/catalog/default/component/${leaf}/dependents`);
  await page.getByRole("heading", { name: "Nothing depends on this" }).waitFor();
  await checkAccessibility(page);
  await open(page, "/catalog/default/user/aiko.tanaka");
  assert.equal(await page.getByRole("link", { name: "Dependents" }).count(), 0);
});

browserTest("where there are more than are shown, no smaller number is told for all", {}, async (page) => {
  await page.route("**/graphql", async (route) => {
    if (!route.request().postData().includes("query EntityDependents")) return route.continue();
    const response = await route.fetch();
    const json = await response.json();
    json.data.entityDependents.truncated = true;
    await route.fulfill({ response, json });
  });
  await open(page, "/catalog/default/component/booking-service/dependents");
  await page.getByText(/^At least \d+ entities depend on this$/).waitFor();
});

browserTest("a part that cannot be loaded leaves the other", {}, async (page) => {
  await page.route("**/graphql", (route) => {
    if (!route.request().postData().includes("query EntityDependents")) return route.continue();
    const errors = [{ message: "the subgraph did not answer", path: ["entityDependents"], extensions: { code: "UNAVAILABLE" } }];
    return route.fulfill({ json: { data: { entityDependents: null }, errors } });
  });
  await open(page, "/catalog/default/component/booking-service/dependents");
  await page.getByRole("heading", { name: "What depends on this could not be loaded" }).waitFor();
  await page.getByRole("combobox", { name: "Other entity" }).waitFor();
});
