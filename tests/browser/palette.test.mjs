import assert from "node:assert/strict";
import { address, browserTest, eventually, open, query, settled } from "./support/portal.mjs";
import { checkAccessibility, checkWidth } from "./support/accessibility.mjs";

const palette = (page) => page.getByRole("dialog", { name: "Find anything" });
const field = (page) => palette(page).getByRole("combobox", { name: "Search or run" });
const options = (page) => palette(page).getByRole("option");
const active = (page) => palette(page).locator("[role=option][aria-selected=true]");

/** Opens the palette by the keys, types, and waits for the answers. */
async function look(page, text = "") {
  await page.keyboard.press("Control+k");
  await field(page).waitFor();
  if (text !== "") await page.keyboard.type(text);
  await palette(page).getByRole("status").filter({ hasText: /result/ }).waitFor({ state: "attached" });
  await settled(page);
}

async function someEntity(kind = "Component") {
  const { entities } = await query(
    `{ entities(filter: { kind: ["${kind}"] }, first: 1) { nodes { ref displayName name namespace kind } } }`,
  );
  return entities.nodes[0];
}

browserTest("a few letters and Enter open an entity, and it is there to come back to", {}, async (page) => {
  const { displayName, ref } = await someEntity();
  await open(page, "/no/such/page");
  await look(page, displayName);
  await active(page).getByText(displayName, { exact: true }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: displayName }).waitFor();
  await palette(page).waitFor({ state: "detached" });
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await page.getByRole("heading", { level: 1, name: "Catalog" }).waitFor();
  await look(page);
  const recent = palette(page).getByRole("group", { name: "Recently visited" }).getByRole("option").first();
  assert.match(await recent.textContent(), new RegExp(ref));
  await page.reload();
  await settled(page);
  await look(page);
  assert.match(await recent.textContent(), new RegExp(ref));
});

browserTest("what is typed before the palette is there is not lost", {}, async (page) => {
  let arrive;
  const isDue = new Promise((resolve) => {
    arrive = resolve;
  });
  await page.route("**/assets/Palette-*.js", async (route) => {
    await isDue;
    await route.continue();
  });
  await page.goto(new URL("/catalog", process.env.CALLBOARD_URL).href);
  await page.locator("[data-row-link]").first().waitFor();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("gcx");
  await page.keyboard.press("Backspace");
  arrive();
  await field(page).waitFor();
  await page.keyboard.type("h");
  assert.equal(await field(page).inputValue(), "gch");
  assert.equal(address(page), "/catalog");
});

browserTest("the field keeps the focus and names the active line, which the arrows move", {}, async (page) => {
  await open(page, "/catalog");
  await look(page);
  const named = () => field(page).getAttribute("aria-activedescendant");
  const first = await named();
  assert.equal(await active(page).getAttribute("id"), first);
  assert.equal(await field(page).getAttribute("aria-expanded"), "true");
  await page.keyboard.press("ArrowDown");
  assert.notEqual(await named(), first);
  assert.equal(await active(page).getAttribute("id"), await named());
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  assert.equal(await named(), await options(page).last().getAttribute("id"), "round and round");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "combobox");
  const controlled = await field(page).getAttribute("aria-controls");
  assert.equal(await palette(page).getByRole("listbox").getAttribute("id"), controlled);
});

browserTest("what was found is marked, grouped, and once the server is asked again, no longer asked", {}, async (page) => {
  await open(page, "/catalog");
  const asked = [];
  page.on("request", (request) => {
    if (request.postData()?.includes("query PaletteSearch")) asked.push(JSON.parse(request.postData()).variables.text);
  });
  await look(page, "ticket");
  const group = palette(page).getByRole("group", { name: "Catalog" });
  assert.equal((await group.locator("mark").first().textContent()).toLowerCase(), "ticket");
  assert.equal(asked.at(-1), "ticket");
  const before = asked.length;
  await page.keyboard.type("s");
  await eventually(() => assert.ok(asked.includes("tickets")));
  await page.keyboard.press("Backspace");
  await settled(page);
  await group.getByRole("option").first().waitFor();
  assert.equal(asked.filter((text) => text === "ticket").length, 1, `asked for ${asked.slice(before)}`);
});

browserTest("a search that is overtaken is cancelled", {}, async (page) => {
  await open(page, "/catalog");
  let cancelled = 0;
  page.on("requestfailed", (request) => {
    if (request.postData()?.includes("query PaletteSearch")) cancelled += 1;
  });
  let isSlow = true;
  await page.route("**/graphql", async (route) => {
    if (isSlow && route.request().postData()?.includes("query PaletteSearch")) return;
    await route.continue();
  });
  await page.keyboard.press("Control+k");
  await field(page).fill("tick");
  await palette(page).getByRole("status").filter({ hasText: "Searching" }).waitFor({ state: "attached" });
  await page.waitForTimeout(100);
  isSlow = false;
  await field(page).fill("timetable");
  await palette(page).getByRole("group", { name: "Catalog" }).getByRole("option").first().waitFor();
  assert.equal(cancelled, 1);
});

browserTest("> runs commands, @ finds people and teams, # finds tags", {}, async (page) => {
  await open(page, "/catalog");
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  await look(page, ">dark");
  await active(page).getByText("Use dark colours").waitFor();
  await page.keyboard.press("Enter");
  await palette(page).waitFor({ state: "detached" });
  assert.notEqual(await background(), light);

  const person = await someEntity("User");
  await look(page, `@${person.displayName}`);
  assert.deepEqual(await palette(page).getByRole("group").evaluateAll((groups) => groups.map((group) => group.firstElementChild.textContent)), ["People and teams"]);
  await active(page).getByText(person.displayName, { exact: true }).waitFor();
  await page.keyboard.press("Escape");

  await look(page, "#");
  const tag = await options(page).first().locator("span").nth(1).textContent();
  await page.keyboard.type(tag);
  await settled(page);
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/catalog?tag=${encodeURIComponent(tag)}`);
});

browserTest("Control and Enter open a tab of their own, and the palette stays", {}, async (page) => {
  await open(page, "/catalog");
  await look(page, "graph");
  const [other] = await Promise.all([page.context().waitForEvent("page"), page.keyboard.press("Control+Enter")]);
  await other.waitForURL("**/catalog-graph");
  assert.equal(address(page), "/catalog");
  assert.ok(await palette(page).isVisible());
});

browserTest("Escape, the cross, a click beside it and the keys again close it, and the keyboard is where it was", {}, async (page) => {
  await open(page, "/settings");
  const choice = page.getByRole("radio", { name: "System" });
  const closers = [
    () => page.keyboard.press("Escape"),
    () => palette(page).getByRole("button", { name: "Close" }).click(),
    () => page.mouse.click(10, 700),
    () => page.keyboard.press("Control+k"),
  ];
  for (const close of closers) {
    await choice.focus();
    await page.keyboard.press("Control+k");
    await field(page).waitFor();
    await close();
    await palette(page).waitFor({ state: "detached" });
    assert.ok(await choice.evaluate((element) => element === document.activeElement));
  }
});

browserTest("the slash is for the search of the page, and opens the palette where there is none", {}, async (page) => {
  await open(page, "/catalog");
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.type), "search");
  await open(page, "/settings");
  await page.keyboard.press("/");
  await field(page).waitFor();
  assert.equal(await field(page).inputValue(), "");
});

browserTest("a search that fails says so, and the pages are still found", { allow: [/500/] }, async (page) => {
  await open(page, "/catalog");
  await page.route("**/graphql", (route) =>
    route.request().postData()?.includes("query PaletteSearch") ? route.fulfill({ status: 500, body: "" }) : route.continue(),
  );
  await look(page, "graph");
  await palette(page).getByText(/^Catalog: /).waitFor();
  await palette(page).getByRole("group", { name: "Go to" }).getByRole("option", { name: /^Graph/ }).first().waitFor();
});

browserTest("where nothing matches, it says so", {}, async (page) => {
  await open(page, "/catalog");
  await look(page, "zzzznothing");
  await palette(page).getByText("Nothing matches “zzzznothing”").waitFor();
  await page.keyboard.press("Enter");
  assert.ok(await palette(page).isVisible());
});

for (const scheme of ["light", "dark"]) {
  browserTest(`the palette is accessible on ${scheme}, with answers and without`, { scheme }, async (page) => {
    await open(page, "/catalog");
    await look(page);
    await checkAccessibility(page);
    await page.keyboard.type("ti");
    await settled(page);
    await checkAccessibility(page);
    await field(page).fill("zzzznothing");
    await settled(page);
    await checkAccessibility(page);
  });
}

browserTest("on a phone the palette fills the screen and leads there by touch", { width: 375, height: 700 }, async (page) => {
  await open(page, "/catalog");
  await page.getByRole("navigation", { name: "Main" }).getByRole("button", { name: "Search" }).click();
  await field(page).waitFor();
  await page.keyboard.type("timetable");
  await settled(page);
  await checkWidth(page);
  await checkAccessibility(page);
  await palette(page).getByRole("group", { name: "Catalog" }).getByRole("option").first().tap();
  await page.getByRole("navigation", { name: "Parts of this entity" }).waitFor();
});
