import assert from "node:assert/strict";
import { test } from "node:test";
import { checkAccessibility, checkWidth } from "./support/accessibility.mjs";
import { component, startFileHost } from "./support/fileHost.mjs";
import { address, asSomeone, browserTest, eventually, open, query, settled } from "./support/portal.mjs";
import { freePort, startPortal } from "./support/server.mjs";

const service = "component:default/booking-service";
const at = (search = "") => `/catalog-graph?root=${service}${search}`;
const canvas = (page) => page.getByRole("application", { name: "Relations, drawn" });
const nodes = (page) => canvas(page).locator("[data-node]");
const node = (page, ref) => canvas(page).locator(`[data-node="${ref}"]`);
const refs = (page) => nodes(page).evaluateAll((found) => found.map((one) => one.dataset.node));
const around = async (variables) => {
  const { entityGraph } = await query(
    `query($roots: [EntityRef!]!, $depth: Int!, $kinds: [String!], $relations: [String!]) {
      entityGraph(roots: $roots, depth: $depth, kinds: $kinds, relations: $relations) {
        nodes { ref entity { displayName } } edges { source target type }
      }
    }`,
    { roots: [service], depth: 1, ...variables },
  );
  return entityGraph;
};

/** What of a node nothing lies over. */
const isSeen = (page, ref) =>
  node(page, ref).evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });

browserTest("the graph draws what the server tells of, and fits the window", {}, async (page) => {
  const graph = await around({});
  await open(page, at());
  await eventually(async () => assert.deepEqual((await refs(page)).sort(), graph.nodes.map(({ ref }) => ref).sort()));
  await page.getByText(`${graph.nodes.length} entities, ${graph.edges.length} relations`).waitFor();
  for (const { ref } of graph.nodes) assert.ok(await isSeen(page, ref), `${ref} is in sight`);
});

browserTest("the graph is accessible, light and dark, selected and with a way", {}, async (page) => {
  await open(page, at("&depth=2"));
  await node(page, service).click();
  await page.getByRole("complementary", { name: "Selected" }).getByRole("link", { name: "Open" }).waitFor();
  await settled(page);
  await checkAccessibility(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await checkAccessibility(page);
  await open(page, at("&from=component:default/attendant-app&to=resource:default/delay-model"));
  await page.getByRole("list", { name: "The path" }).waitFor();
  await checkAccessibility(page);
  await page.emulateMedia({ colorScheme: "light" });
  await checkAccessibility(page);
  await page.getByRole("button", { name: "Kinds" }).click();
  await checkAccessibility(page);
});

browserTest("without a beginning it says what it is for, and where one may begin", {}, async (page) => {
  await open(page, "/catalog");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Graph", exact: true }).waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("g");
  await page.getByRole("heading", { name: "See how things are connected" }).waitFor();
  await settled(page);
  await checkAccessibility(page);
  await page.getByRole("link", { name: "Ticketing" }).click();
  await page.waitForURL("**/catalog-graph?root=domain:default/ticketing");
  await node(page, "domain:default/ticketing").waitFor();
});

browserTest("what is shown stands in the address, a link shows the same, and back goes back", {}, async (page) => {
  await open(page, at());
  await page.getByRole("combobox", { name: "Steps" }).selectOption("2");
  await page.waitForURL("**&depth=2");
  await page.getByRole("button", { name: "Kinds" }).click();
  await page.getByRole("checkbox", { name: /^Component/ }).check();
  await page.getByRole("checkbox", { name: /^API/ }).check();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Relations", exact: true }).click();
  await page.getByRole("checkbox", { name: "Consumes APIs" }).check();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Top down" }).click();
  await page.getByRole("button", { name: "Options" }).click();
  await page.getByRole("checkbox", { name: "One arrow for each way" }).check();
  await page.keyboard.press("Escape");
  const whole = at("&depth=2&kind=component&kind=api&relation=consumesApi&direction=down&pairs=split");
  await eventually(() => assert.equal(address(page), whole));
  const graph = await around({ depth: 2, kinds: ["component", "api"], relations: ["consumesApi"] });
  const summary = `${graph.nodes.length} entities, ${graph.edges.length * 2} relations`;
  await page.getByText(summary).waitFor();
  await page.reload();
  await page.getByText(summary).waitFor();
  await eventually(async () => assert.deepEqual((await refs(page)).sort(), graph.nodes.map(({ ref }) => ref).sort()));
  assert.equal(await page.getByRole("button", { name: "Top down" }).getAttribute("aria-pressed"), "true");
  await page.goBack();
  await eventually(() => assert.ok(!address(page).includes("pairs")));
  await page.getByText(`${graph.nodes.length} entities, ${graph.edges.length} relations`).waitFor();
});

browserTest("a click tells more of a node, a second one begins there", {}, async (page) => {
  await open(page, at());
  await node(page, "api:default/fares-api").click();
  const panel = page.getByRole("complementary", { name: "Selected" });
  await panel.getByText("api:default/fares-api").waitFor();
  await panel.getByText(/Consumed by/).waitFor();
  assert.equal(address(page), at("&node=api:default/fares-api"));
  assert.ok(await isSeen(page, "api:default/fares-api"), "it does not lie under what is said of it");
  assert.equal(await panel.getByRole("link", { name: "Open" }).getAttribute("href"), "/catalog/default/api/fares-api");
  await page.goBack();
  await eventually(async () => assert.equal(await panel.count(), 0));
  await node(page, "api:default/fares-api").dblclick();
  await page.waitForURL("**/catalog-graph?root=api:default/fares-api");
  assert.equal(await panel.count(), 0);
  await page.goBack();
  await eventually(() => assert.equal(address(page), at()));
  await node(page, "system:default/booking").click();
  await panel.getByRole("button", { name: "Start here, too" }).click();
  await page.waitForURL(`**?root=${service}&root=system:default/booking&**`);
});

browserTest("relations say what they are when one points at an end", {}, async (page) => {
  await open(page, at());
  assert.equal(await canvas(page).getByText("Provides APIs").count(), 0);
  await node(page, service).hover();
  await canvas(page).getByText("Provides APIs").waitFor();
  await canvas(page).getByText("Owned by").first().waitFor();
});

browserTest("the keyboard moves from node to node, begins, tells more, and zooms", {}, async (page) => {
  await open(page, at());
  await node(page, service).focus();
  const focused = () => page.evaluate(() => document.activeElement?.dataset.node);
  await page.keyboard.press("ArrowRight");
  const next = await focused();
  assert.notEqual(next, service);
  await page.keyboard.press("ArrowLeft");
  assert.equal(await focused(), service);
  assert.equal(await nodes(page).evaluateAll((all) => all.filter(({ tabIndex }) => tabIndex === 0).length), 1);
  await page.keyboard.press("Space");
  await page.waitForURL(`**&node=${service}`);
  await page.keyboard.press("Escape");
  await eventually(() => assert.equal(address(page), at()));
  const width = () => node(page, service).evaluate((element) => element.getBoundingClientRect().width);
  const fitting = await width();
  await node(page, service).focus();
  await page.keyboard.press("+");
  await eventually(async () => assert.ok((await width()) > fitting));
  await page.keyboard.press("-");
  await page.keyboard.press("-");
  await eventually(async () => assert.ok((await width()) < fitting));
  await page.keyboard.press("0");
  await eventually(async () => assert.ok(Math.abs((await width()) - fitting) < 1));
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/catalog-graph?root=${next}`);
  await eventually(async () => assert.equal(await focused(), next));
});

browserTest("the way between two entities is picked on the canvas, drawn and put into words", {}, async (page) => {
  const { entityPath } = await query(
    `query($from: EntityRef!, $to: EntityRef!) { entityPath(from: $from, to: $to) { nodes { ref entity { displayName } } } }`,
    { from: "component:default/attendant-app", to: "resource:default/delay-model" },
  );
  await open(page, "/catalog-graph?root=component:default/attendant-app");
  await page.getByRole("button", { name: "Path" }).click();
  await node(page, "component:default/attendant-app").click();
  await page.waitForURL("**&from=component:default/attendant-app");
  await page.getByRole("combobox", { name: "To", exact: true }).fill("delay model");
  await page.getByRole("option", { name: /Delay model/ }).click();
  await page.waitForURL("**&to=resource:default/delay-model");
  const steps = page.getByRole("list", { name: "The path" }).getByRole("listitem");
  await eventually(async () => assert.equal(await steps.count(), entityPath.nodes.length));
  await steps.nth(1).getByText("Consumes APIs").waitFor();
  for (const { ref } of entityPath.nodes) await node(page, ref).locator("[data-look=path]").waitFor();
  await node(page, "group:default/onboard").locator("[data-look=muted]").waitFor();
  await page.locator("body").press("Escape");
  await eventually(() => assert.equal(address(page), "/catalog-graph?root=component:default/attendant-app"));
  assert.equal(await steps.count(), 0);
  await page.goto(page.url().replace(/\?.*/, "?from=user:default/nobody&to=component:default/attendant-app"));
  await page.getByText("The relations that are shown do not connect the two.").waitFor();
});

browserTest("words are found within the graph, one place after the other", {}, async (page) => {
  await open(page, at("&depth=2"));
  await nodes(page).first().waitFor();
  const find = page.getByRole("searchbox", { name: "Find in the graph" });
  await find.fill("api");
  await page.waitForURL("**&text=api");
  const found = canvas(page).locator("[data-look=found]");
  await page.getByText(`${await found.count()} matches`).waitFor();
  await find.press("Enter");
  const first = await page.evaluate(() => document.activeElement?.dataset.node);
  assert.match(first ?? "", /^api:/);
  await page.keyboard.press("/");
  await find.press("Enter");
  assert.notEqual(await page.evaluate(() => document.activeElement?.dataset.node), first);
  await find.fill("no such thing");
  await page.getByText("No matches", { exact: true }).waitFor();
});

browserTest("the list says the same as the canvas", {}, async (page) => {
  const graph = await around({});
  await open(page, at());
  await page.getByRole("radio", { name: "List" }).check();
  await page.waitForURL("**&view=list");
  const rows = (name) => page.getByRole("table", { name }).locator("tbody tr");
  await eventually(async () => assert.equal(await rows("Entities").count(), graph.nodes.length));
  assert.equal(await rows("Relations").count(), graph.edges.length);
  const names = await rows("Entities").evaluateAll((all) => all.map((row) => row.querySelector("a").textContent));
  assert.deepEqual(names, graph.nodes.map(({ entity }) => entity.displayName));
  await settled(page);
  await checkAccessibility(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await checkAccessibility(page);
  await page.getByRole("searchbox", { name: "Find in the graph" }).fill("fares");
  await eventually(async () => assert.equal(await rows("Entities").count(), 1));
});

browserTest("a phone begins with the list, and has the canvas too", { width: 375, height: 700 }, async (page) => {
  await open(page, at());
  await page.getByRole("table", { name: "Entities" }).waitFor();
  await checkWidth(page);
  await checkAccessibility(page);
  await page.getByRole("radio", { name: "Canvas" }).check();
  await page.waitForURL("**&view=canvas");
  await node(page, service).waitFor();
  assert.ok(await isSeen(page, service));
  await checkWidth(page);
  await checkAccessibility(page);
  await node(page, service).tap();
  await page.getByRole("complementary", { name: "Selected" }).getByRole("link", { name: "Open" }).waitFor();
  await eventually(async () => assert.ok(await isSeen(page, service)));
  await checkAccessibility(page);
});

browserTest("what is missing is drawn as missing, and nothing begins there", {}, async (page) => {
  const { entityGraph } = await query(
    '{ entityGraph(roots: ["component:default/paper-tickets"]) { nodes { ref entity { ref } } } }',
  );
  const missing = entityGraph.nodes.find(({ entity }) => entity === null);
  assert.ok(missing, "the demo has a relation that leads nowhere");
  await open(page, "/catalog-graph?root=component:default/paper-tickets");
  const there = node(page, missing.ref);
  await there.getByText(/Not found/).waitFor();
  await there.dblclick();
  await page.getByRole("complementary", { name: "Selected" }).getByText("does not exist, or you may not see it").waitFor();
  assert.match(address(page), /^\/catalog-graph\?root=component:default\/paper-tickets&node=/);
  await open(page, `/catalog-graph?root=${missing.ref}&root=${service}`);
  await page.getByText("Not found, or you may not see it:").waitFor();
  await node(page, service).waitFor();
});

browserTest("an overview draws what is near, and leads to the graph", {}, async (page) => {
  await open(page, "/catalog/default/component/booking-service");
  const card = page.getByRole("region", { name: "Relations" });
  const near = card.getByRole("list", { name: "Relations" });
  await near.getByRole("link", { name: /Fares API/ }).waitFor();
  assert.equal(await near.getByRole("listitem").count(), (await around({})).nodes.length);
  await checkAccessibility(page);
  await card.getByRole("link", { name: "Open the graph" }).click();
  await page.waitForURL(`**${at()}`);
  await node(page, service).waitFor();
});

browserTest("a graph that cannot be had says so, and is asked for again", { allow: [/500/] }, async (page) => {
  let isBroken = true;
  await page.route("**/graphql", (route) =>
    isBroken && route.request().postData().includes("query RelationGraph") ? route.fulfill({ status: 500, body: "" }) : route.fallback(),
  );
  await open(page, at());
  await page.getByRole("heading", { name: "The graph could not be loaded" }).waitFor();
  isBroken = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await node(page, service).waitFor();
});

browserTest("a way that cannot be had leaves the graph", {}, async (page) => {
  await page.route("**/graphql", (route) => {
    if (!route.request().postData().includes("query RelationPath")) return route.fallback();
    const errors = [{ message: "the subgraph did not answer", path: ["entityPath"], extensions: { code: "UNAVAILABLE" } }];
    return route.fulfill({ json: { data: { entityPath: null }, errors } });
  });
  await open(page, at("&from=component:default/attendant-app&to=resource:default/delay-model"));
  await page.getByText("Some of this could not be loaded.", { exact: false }).waitFor();
  await node(page, service).waitFor();
  await settled(page);
  await checkAccessibility(page);
});

const many = 500;
const large = {
  truncated: true,
  nodes: Array.from({ length: many }, (_, n) => {
    const ref = `component:default/c${n}`;
    const entity = { __typename: "Component", ref, kind: "Component", displayName: `C ${n}`, type: "service", owner: null };
    return { ref, depth: n === 0 ? 0 : 1, hasMore: false, entity };
  }),
  edges: Array.from({ length: 3 * many }, (_, n) => ({
    source: `component:default/c${(n % (many - 1)) + 1}`,
    target: `component:default/c${Math.floor((n * 7) / 11) % Math.min(many, n + 1)}`,
    type: n % 2 ? "dependsOn" : "consumesApi",
  })).filter(({ source, target }) => source !== target),
};

browserTest("five hundred entities are drawn, and that there are more is said", {}, async (page) => {
  await page.route("**/graphql", (route) =>
    route.request().postData().includes("query RelationGraph")
      ? route.fulfill({ json: { data: { entityGraph: large } } })
      : route.fallback(),
  );
  await open(page, "/catalog-graph?root=component:default/c0");
  await eventually(async () => assert.equal(await nodes(page).count(), many), 20_000);
  await page.getByText(/^Only the 500 nearest entities are shown/).waitFor();
  assert.ok(await isSeen(page, "component:default/c0"));
  await page.getByRole("radio", { name: "List" }).check();
  const rows = page.getByRole("table", { name: "Entities" }).locator("tbody tr");
  await eventually(async () => assert.equal(await rows.count(), 100));
  await page.getByRole("button", { name: `Show all ${many}` }).click();
  await eventually(async () => assert.equal(await rows.count(), many), 20_000);
});

const admin = "ada-runs-the-portal";
const host = await startFileHost();
const portal = await startPortal({
  port: await freePort(),
  files: {
    "cart.yaml": component("cart", { owner: "nobody" }),
    "crew.yaml": `apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: { name: ${"crew".repeat(15)}, title: ${"Unbreakable".repeat(20)} }\nspec: { type: team, children: [] }\n`,
    "long.yaml": component("long").replace("  name:", `  title: ${"Unbreakable".repeat(20)}\n  name:`).replace("owner: crew", `owner: ${"crew".repeat(15)}`).replace("service", "service".repeat(9)),
  },
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

browserTest("however long names are, no page is wider than its window", { width: 375, height: 700 }, async (page) => {
  await open(page, "/catalog-graph?root=component:default/long", portal.address);
  await page.getByRole("table", { name: "Entities" }).waitFor();
  await checkWidth(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole("radio", { name: "List" }).check();
  await checkWidth(page);
  const excess = await page.getByRole("table", { name: "Entities" }).evaluate((table) => table.offsetWidth - table.parentElement.clientWidth);
  assert.ok(excess <= 0, `the table is ${excess} px wider than its card`);
});

browserTest("what stands around the canvas has its place before the graph is there", {}, async (page) => {
  let release;
  const held = new Promise((go) => (release = go));
  await page.route("**/graphql", async (route) => {
    if (route.request().postData().includes("query RelationGraph")) await held;
    await route.fallback();
  });
  await page.goto(`${portal.address}/catalog-graph?root=component:default/cart`);
  const bar = page.getByRole("region", { name: "What is shown" });
  await bar.waitFor();
  const [place, find] = [await bar.boundingBox(), await bar.getByRole("searchbox").boundingBox()];
  release();
  await node(page, "component:default/cart").waitFor();
  assert.deepEqual([await bar.boundingBox(), await bar.getByRole("searchbox").boundingBox()], [place, find]);
});

browserTest("names can be read from further away, too", {}, async (page) => {
  await open(page, at());
  await node(page, service).focus();
  const size = () => node(page, service).getByText("Booking service").evaluate((title) => {
    const scale = title.getBoundingClientRect().width / title.offsetWidth;
    return { scale, pixels: Number.parseFloat(getComputedStyle(title).fontSize) * scale };
  });
  await eventually(async () => {
    const { scale, pixels } = await size();
    if (scale > 0.65) await page.keyboard.press("-");
    assert.ok(scale <= 0.65);
    assert.ok(pixels >= 8, `${pixels} px at a scale of ${scale}`);
  });
});

browserTest("a graph that is open follows the catalog", {}, async (page) => {
  const ask = (document, variables) => query(document, variables, { origin: portal.address, token: admin });
  const socket = page.waitForEvent("websocket");
  await open(page, "/catalog-graph?root=component:default/cart", portal.address);
  await node(page, "group:default/nobody").waitFor();
  await socket;
  await page.waitForTimeout(500);
  const till = component("till").replace("owner: crew", "owner: crew, dependsOn: [component:cart]");
  host.put("/till.yaml", till);
  await ask("mutation($input: RegisterLocationInput!) { registerLocation(input: $input) { location { id } } }", {
    input: { target: host.url("/till.yaml") },
  });
  await node(page, "component:default/till").waitFor();
});

test("what leads nowhere is no reason to say that there are no relations", async () => {
  await asSomeone({}, async (page) => {
    await open(page, "/catalog/default/component/cart", portal.address);
    await page.getByRole("link", { name: /^Relations \d$/ }).waitFor();
    assert.equal(await page.getByText("Nothing refers to this entity").count(), 0);
  });
});
