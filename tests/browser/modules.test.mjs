// Front ends of third parties, by the examples that authors start from: one in the browser alone, one before a service of
// its own, one before another company's.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkAccessibility, checkWidth } from "./support/accessibility.mjs";
import { secret, startExamples } from "./support/examplePortal.mjs";
import { browserTest, eventually, open, settled } from "./support/portal.mjs";
import { freePort, startPortal } from "./support/server.mjs";
import { serveSources } from "./support/sources.mjs";
import { ask, signIn } from "./support/signedIn.mjs";

const portal = await startExamples();
test.after(() => portal.stop());

const visit = (page, path) => open(page, path, portal.address);
const card = (page, name) => page.getByRole("region", { name });
const booking = "/catalog/default/component/booking-service";
const sms = "/catalog/default/component/sms-gateway";

/** What a page of the provider, which has no icon, complains of. */
const allow = [/favicon/, /status of 404/, /status: 404/];

browserTest("a module written by hand adds a place to the navigation and a page to it", {}, async (page) => {
  await visit(page, "/catalog");
  const place = page.getByRole("navigation", { name: "Main" }).first().getByRole("link", { name: "World clock" });
  await place.click();
  await page.waitForURL("**/x/clock");
  await page.getByRole("heading", { level: 1, name: "World clock" }).waitFor();
  await page.getByRole("cell", { name: "Vienna" }).waitFor();
  assert.match(await page.title(), /^World clock · /);
  assert.equal(await place.getAttribute("aria-current"), "page");
});

browserTest("the palette runs the command of a module, and finds what it finds", {}, async (page) => {
  await visit(page, "/x/clock");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("copy the time as utc");
  await page.getByRole("option", { name: "Copy the time as UTC" }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("is on the clipboard", { exact: false }).waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("istan");
  const found = page.getByRole("group", { name: "Time zones" }).getByRole("option", { name: "Istanbul" });
  await found.waitFor();
  assert.match(await found.textContent(), /Europe\/Istanbul/);
});

browserTest("a box of a module is on the home page of those who arranged nothing, below the portal's own", {}, async (page) => {
  await visit(page, "/");
  const boxes = page.locator("[data-widget]");
  await page.locator("[data-widget='clock.clocks']").getByRole("cell", { name: "Lisbon" }).waitFor();
  const ids = await boxes.evaluateAll((all) => all.map((box) => box.dataset.widget));
  assert.equal(ids.at(-1), "clock.clocks");
  assert.ok(ids.length > 1, ids.join());
});

browserTest("what one sets in the panel of a module holds on its page, and after the page is loaded again", {}, async (page) => {
  await visit(page, "/settings/clock.places");
  await page.getByRole("checkbox", { name: "Vienna" }).check();
  await visit(page, "/x/clock");
  await page.getByRole("cell", { name: "Vienna" }).waitFor();
  await settled(page);
  assert.equal(await page.getByRole("cell", { name: "Lisbon" }).count(), 0);
});

browserTest("a module speaks the language of the reader", { locale: "de-DE" }, async (page) => {
  await visit(page, "/x/clock");
  await page.getByRole("heading", { level: 1, name: "Weltuhr" }).waitFor();
  await page.getByRole("button", { name: "Die Zeit als UTC kopieren" }).waitFor();
  await visit(page, "/x/incident-board");
  await page.getByRole("columnheader", { name: "Störung" }).waitFor();
});

browserTest("the fields that a service adds to the graph show on the pages of what they are about", {}, async (page) => {
  await visit(page, booking);
  await card(page, "Open incidents").getByText("Bookings are slow").waitFor();
  await page.getByRole("navigation", { name: "Parts of this entity" }).getByRole("link", { name: "Incidents" }).click();
  await page.waitForURL(`**${booking}/incident-board.all`);
  await page.getByRole("table", { name: "All incidents of this" }).getByText("Some confirmations are sent twice").waitFor();
  await visit(page, "/catalog/default/user/ada");
  await settled(page);
  assert.equal(await page.getByRole("link", { name: "Incidents" }).filter({ hasNotText: "g" }).count(), 1, "in the navigation alone");
});

browserTest("a link to the tab of a module leads there, though the module comes later than the page", {}, async (page) => {
  await visit(page, `${booking}/incident-board.all`);
  await page.getByRole("table", { name: "All incidents of this" }).getByText("Bookings are slow").waitFor();
});

browserTest("what the palette finds is told with what a module knows of it", {}, async (page) => {
  await visit(page, "/catalog");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("booking");
  await page.getByRole("option", { name: /Booking.*2 open incidents/ }).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${booking}`);
});

browserTest("the part of a graph that another company answers comes through the proxy, and its secret stays on the server", {}, async (page) => {
  const seen = [];
  page.on("request", (request) => seen.push(JSON.stringify(request.headers()), request.url()));
  page.on("response", async (response) => {
    seen.push(JSON.stringify(response.headers()), await response.text().catch(() => ""));
  });
  await visit(page, sms);
  await card(page, "Status page").getByText("Messages to two networks are late.").waitFor();
  await settled(page);
  assert.ok(seen.some((text) => text.endsWith("/api/proxy/status/v1/services/sms-gateway")));
  assert.ok(seen.every((text) => !text.includes(secret)));
  assert.ok(seen.every((text) => !text.includes(portal.status.address)), "where the other company is, is nobody's to know");
});

browserTest("a card is for those entities that it says", {}, async (page) => {
  await visit(page, booking);
  await card(page, "Open incidents").waitFor();
  assert.equal(await card(page, "Status page").count(), 0);
});

browserTest("what another company does not know costs the card that asks, with a way to ask again", { allow }, async (page) => {
  await visit(page, "/catalog/default/component/forgotten");
  const alert = card(page, "Status page").getByRole("alert");
  await alert.getByRole("button", { name: "Try again" }).waitFor();
  await card(page, "About").waitFor();
});

browserTest("guests see incidents, and who is signed in says that one is over, in their own name", { allow }, async (page) => {
  await visit(page, "/x/incident-board");
  await page.getByRole("row", { name: /Some confirmations/ }).waitFor();
  await settled(page);
  assert.equal(await page.getByRole("button", { name: "It is over" }).count(), 0);
  const refused = await ask(page, 'mutation { resolveIncident(id: "2") { id } }');
  assert.equal(refused?.resolveIncident ?? null, null);
  await signIn(page, portal, "ada", "/x/incident-board");
  const row = page.getByRole("row", { name: /Some confirmations/ });
  await row.getByRole("button", { name: "It is over" }).click();
  await page.getByText("“Some confirmations are sent twice” is over").waitFor();
  await row.waitFor({ state: "detached" });
  const { incidents } = await ask(page, "{ incidents(open: false) { id resolvedBy } }");
  assert.equal(incidents.find(({ id }) => id === "2").resolvedBy, "user:default/ada");
});

browserTest("the frame is there before modules are, and a link to a page of one waits for it", {}, async (page) => {
  let answer;
  const isDue = new Promise((resolve) => {
    answer = resolve;
  });
  await page.route("**/modules/clock/index.js", async (route) => {
    await isDue;
    await route.continue();
  });
  await page.goto(`${portal.address}/x/clock`);
  await page.getByRole("navigation", { name: "Main" }).first().getByRole("link", { name: "Catalog" }).waitFor();
  await page.locator("main [aria-busy=true]").waitFor();
  assert.equal(await page.getByText("There is nothing here").count(), 0);
  // The others do not wait for it.
  await page.getByRole("navigation", { name: "Main" }).first().getByRole("link", { name: "Incidents" }).waitFor();
  answer();
  await page.getByRole("heading", { level: 1, name: "World clock" }).waitFor();
});

browserTest("on the next visit a module has its places in the navigation before it is there, and nothing moves", {}, async (page) => {
  await visit(page, "/catalog");
  const navigation = page.getByRole("navigation", { name: "Main" }).first();
  const places = () => navigation.getByRole("link").evaluateAll((links) => links.map((link) => [link.pathname, link.getBoundingClientRect().top]));
  await navigation.getByRole("link", { name: "World clock" }).waitFor();
  const before = await places();
  let answer;
  const isDue = new Promise((resolve) => {
    answer = resolve;
  });
  await page.route("**/modules/*/index.js", async (route) => {
    await isDue;
    await route.continue();
  });
  await page.goto(`${portal.address}/catalog`);
  await page.getByRole("heading", { level: 1, name: "Catalog" }).waitFor();
  await eventually(async () => assert.deepEqual(await places(), before));
  await navigation.getByRole("link", { name: "World clock" }).click();
  await page.waitForURL("**/x/clock");
  answer();
  await page.getByRole("heading", { level: 1, name: "World clock" }).waitFor();
  assert.deepEqual(await places(), before);
});

browserTest("a place below a module that it does not have is nowhere", {}, async (page) => {
  await visit(page, "/x/clock/nowhere");
  await page.getByRole("heading", { name: "There is nothing here" }).waitFor();
  await visit(page, "/x/unknown");
  await page.getByRole("heading", { name: "There is nothing here" }).waitFor();
});

browserTest("the admin area tells which modules there are and what they add", { allow }, async (page) => {
  await signIn(page, portal, "ada", "/admin/modules");
  const row = page.getByRole("row", { name: /World clock/ });
  await row.getByText("Loaded").waitFor();
  await row.getByText("1 page, 1 place in the navigation, 1 box for the home page, 1 command, 1 search", { exact: false }).waitFor();
  assert.equal(await page.getByRole("row").count(), 4);
});

browserTest("the keyboard alone reaches what modules add", {}, async (page) => {
  await visit(page, booking);
  await page.getByRole("navigation", { name: "Parts of this entity" }).getByRole("link", { name: "Incidents" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${booking}/incident-board.all`);
  await page.getByRole("table", { name: "All incidents of this" }).waitFor();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("world cl");
  await page.getByRole("option", { name: "World clock" }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "World clock" }).waitFor();
  const button = page.getByRole("button", { name: "Copy the time as UTC" });
  for (let steps = 0; steps < 30 && !(await button.evaluate((element) => element === document.activeElement)); steps++) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await page.getByText("is on the clipboard", { exact: false }).waitFor();
});

for (const [scheme, width] of [["light", 1440], ["dark", 375]]) {
  browserTest(`what modules draw is accessible and fits its window, ${scheme}, ${width} px`, { scheme, width }, async (page) => {
    for (const path of ["/x/clock", "/x/incident-board", booking, `${booking}/incident-board.all`, sms, "/settings/clock.places", "/"]) {
      await visit(page, path);
      await checkAccessibility(page);
      await checkWidth(page);
      if (!process.env.SCREENSHOTS) continue;
      const name = path.replaceAll("/", "-").slice(1) || "home";
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/module-${name}-${scheme}-${width}.png` });
    }
  });
}

browserTest("authors see their module while the sources of the portal are served", { allow }, async (page) => {
  const sources = await serveSources(portal.address);
  try {
    // The first to come waits until the sources are put together.
    page.setDefaultTimeout(50_000);
    await page.goto(`${sources.address}/x/clock`);
    await page.getByRole("cell", { name: "Vienna" }).waitFor();
    await page.goto(`${sources.address}${sms}`);
    await card(page, "Status page").getByText("Messages to two networks are late.").waitFor();
  } finally {
    sources.stop();
  }
});

test("a portal without modules fetches nothing of theirs, and says nothing of them", async () => {
  const plain = await startPortal({
    port: await freePort(),
    config: { auth: { guest: { enabled: true } } },
  });
  try {
    const html = await (await fetch(`${plain.address}/`)).text();
    const preloaded = [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="([^"]+)"/g)].map(([, path]) => path);
    assert.ok(preloaded.length > 2);
    assert.deepEqual(preloaded.filter((path) => /shared-|sdk-/.test(path)), []);
    assert.match(html, /<meta name="callboard-modules" content="\[\]"/);
  } finally {
    await plain.stop();
  }
});

browserTest("when its service is down, a module says so in its own place", { allow: [] }, async (page) => {
  await portal.incidents.stop();
  await visit(page, booking);
  await eventually(() => card(page, "Open incidents").getByText(/could not be loaded|did not answer/i).first().waitFor({ timeout: 500 }));
  await card(page, "About").waitFor();
});
