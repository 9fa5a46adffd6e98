// A list of 20,000, of which no more is drawn than is in sight.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkAccessibility, checkWidth } from "./support/accessibility.mjs";
import { component, startFileHost } from "./support/fileHost.mjs";
import { browserTest, eventually, open, query, settled } from "./support/portal.mjs";
import { freePort, startPortal } from "./support/server.mjs";

const count = 20_000;
const perFile = 2000;
const mostDrawn = 80;
const admin = "ada-runs-the-portal";
const nameOf = (number) => `part-${String(number).padStart(5, "0")}`;
const small = (number) =>
  `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: ${nameOf(number)} }\n` +
  `spec: { type: ${number % 2 ? "service" : "library"}, lifecycle: production, owner: crew }\n`;
const partsOf = (file) => Array.from({ length: perFile }, (_, number) => small(file * perFile + number)).join("---\n");

const host = await startFileHost();
const portal = await startPortal({
  port: await freePort(),
  files: Object.fromEntries(Array.from({ length: count / perFile }, (_, file) => [`parts-${file}.yaml`, partsOf(file)])),
  config: {
    backend: { data: "./data", reading: { allow: [{ host: host.host, allowPrivate: true }] } },
    auth: { guest: { enabled: true }, tokens: [{ token: admin, subject: "user:default/ada" }] },
    permission: {
      roles: [
        { name: "readers", members: ["*"], grants: [{ permission: "catalog.entity.read" }] },
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
await eventually(async () => {
  const { entities } = await ask("{ entities(first: 0) { totalCount } }");
  assert.equal(entities.totalCount, count);
}, 180_000);

const list = "/catalog?kind=component";
const scrollTo = (page, top) => page.evaluate((to) => window.scrollTo(0, to), top);
const scrolled = (page) => page.evaluate(() => window.scrollY);
const heightOf = (page) => page.evaluate(() => document.documentElement.scrollHeight);
const focused = (page) => page.evaluate(() => document.activeElement.textContent);

/** The rows as they stand in the window, once those in it have come: each where the ones beside it say it is. */
async function rowsInSight(page) {
  return eventually(async () => {
    const { rows, drawn } = await page.evaluate(() => {
      const rows = [...document.querySelectorAll("tbody tr[data-index]")];
      const inSight = rows.filter((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return bottom > 40 && top < window.innerHeight - 60;
      });
      const read = (row) => ({
        index: Number(row.dataset.index),
        told: Number(row.getAttribute("aria-rowindex")),
        name: row.querySelector("[data-row-link]")?.textContent,
        top: row.getBoundingClientRect().top,
      });
      return { rows: inSight.map(read), drawn: rows.length };
    });
    assert.ok(drawn <= mostDrawn, `${drawn} rows are drawn`);
    assert.ok(rows.length > 8, `${rows.length} rows are in sight`);
    for (const [position, { index, told, name, top }] of rows.entries()) {
      assert.equal(name, nameOf(index));
      assert.equal(told, index + 2);
      if (position === 0) continue;
      assert.equal(index, rows[position - 1].index + 1, "without a gap");
      assert.ok(Math.abs(top - rows[position - 1].top - rows[1].top + rows[0].top) < 1, "all are as high");
    }
    return rows.map(({ index }) => index);
  });
}

browserTest("20,000 rows are scrolled through by the wheel and by jumps, and each stands where it belongs", {}, async (page) => {
  const pages = [];
  page.on("request", (request) => request.postData()?.includes("query CatalogList") && pages.push(request));
  await open(page, list, portal.address);
  const table = page.getByRole("table", { name: "Catalog" });
  assert.equal(await table.getAttribute("aria-rowcount"), String(count + 1));
  assert.equal((await rowsInSight(page))[0], 0);
  const height = await heightOf(page);

  await page.mouse.move(900, 500);
  let last = 0;
  for (let turn = 0; turn < 12; turn += 1) {
    await page.mouse.wheel(0, 700);
    const [first] = await rowsInSight(page);
    assert.ok(first >= last);
    last = first;
  }
  assert.ok(last > 150);
  assert.ok(pages.length < 16, `${pages.length} pages were fetched on the way`);

  // The wheel may still be turning.
  await eventually(async () => {
    await scrollTo(page, height);
    assert.equal((await rowsInSight(page)).at(-1), count - 1);
  });
  await scrollTo(page, height / 2);
  const middle = await rowsInSight(page);
  assert.ok(Math.abs(middle[10] - count / 2) < 60, `${middle[10]} is in the middle`);
  await page.getByRole("columnheader", { name: "Name" }).click({ trial: true });
  await page.getByText(/^20,000 components, \d+ ms$/).click({ trial: true });
  await settled(page);
  await checkAccessibility(page);
  await scrollTo(page, 0);
  assert.equal((await rowsInSight(page))[0], 0);
  assert.equal(await heightOf(page), height, "nothing moved");
});

browserTest("whoever drags the bar along fetches what they stop at, not what they pass", {}, async (page) => {
  await open(page, list, portal.address);
  const pages = [];
  page.on("request", (request) => request.postData()?.includes("query CatalogList") && pages.push(request));
  await page.evaluate(async () => {
    for (let step = 1; step <= 60; step += 1) {
      window.scrollTo(0, step * 8000);
      await new Promise((frame) => requestAnimationFrame(frame));
    }
  });
  await rowsInSight(page);
  assert.ok(pages.length <= 15, `${pages.length} pages were fetched`);
});

browserTest("the keyboard walks to either end, and goes on from the row that it is on when that is out of sight", {}, async (page) => {
  await open(page, list, portal.address);
  await page.getByRole("link", { name: nameOf(0), exact: true }).focus();
  for (const [key, row] of [
    ["ArrowDown", 1],
    ["j", 2],
    ["End", count - 1],
    ["ArrowUp", count - 2],
    ["k", count - 3],
    ["Home", 0],
  ]) {
    await page.keyboard.press(key);
    await eventually(async () => assert.equal(await focused(page), nameOf(row), key));
    await eventually(async () => assert.ok((await rowsInSight(page)).includes(row), `${row} is in sight`));
  }
  for (let press = 0; press < 40; press += 1) await page.keyboard.press("ArrowDown");
  await eventually(async () => assert.equal(await focused(page), nameOf(40)));
  await page.keyboard.press("PageDown");
  const row = await eventually(async () => {
    const row = Number((await focused(page)).slice(5));
    assert.ok(row > 50 && row < 80, `${row}`);
    return row;
  });
  await scrollTo(page, 400_000);
  assert.ok((await rowsInSight(page))[0] > 10_000);
  assert.equal(await focused(page), nameOf(row), "it is still there");
  await page.keyboard.press("ArrowDown");
  await eventually(async () => assert.equal(await focused(page), nameOf(row + 1)));
  assert.ok((await rowsInSight(page)).includes(row + 1));
});

browserTest("going back finds the place and the row that one left, after a reload as well", {}, async (page) => {
  await open(page, list, portal.address);
  await scrollTo(page, 300_000);
  const name = nameOf((await rowsInSight(page))[6]);
  const top = await scrolled(page);
  await page.getByRole("link", { name, exact: true }).focus();
  const there = async () => {
    await eventually(async () => assert.equal(await scrolled(page), top));
    assert.ok((await rowsInSight(page)).includes(Number(name.slice(5))));
  };
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name }).waitFor();
  await page.goBack();
  await there();
  await eventually(async () => assert.equal(await focused(page), name));
  await page.reload();
  await there();
});

browserTest("another list begins at its start, and going back finds where one was in this one", {}, async (page) => {
  await open(page, list, portal.address);
  await scrollTo(page, 300_000);
  await rowsInSight(page);
  await page.getByRole("checkbox", { name: /^service/ }).check();
  await page.waitForURL(/type=service/);
  await eventually(async () => assert.equal(await page.locator("[data-row-link]").first().textContent(), nameOf(1)));
  await settled(page);
  assert.ok((await scrolled(page)) < 300);
  assert.ok(await page.getByRole("link", { name: nameOf(1), exact: true }).isVisible());
  await page.goBack();
  await eventually(async () => assert.equal(await scrolled(page), 300_000));
  await rowsInSight(page);
});

browserTest("rows that are far apart are selected with all that lies between, and no more than can be acted on", {}, async (page) => {
  await open(page, list, portal.address);
  const check = (row) => page.getByRole("checkbox", { name: `Select ${nameOf(row)}`, exact: true });
  const bar = page.getByRole("toolbar");
  await check(5).check();
  await scrollTo(page, 150 * 36);
  await rowsInSight(page);
  await check(154).click({ modifiers: ["Shift"] });
  await bar.getByText("150 selected").waitFor();
  await scrollTo(page, 80 * 36);
  await rowsInSight(page);
  assert.ok(await check(80).isChecked());
  await scrollTo(page, 5000 * 36);
  await rowsInSight(page);
  await check(5005).click({ modifiers: ["Shift"] });
  await page.getByText("200 can be selected at once.", { exact: false }).waitFor();
  assert.equal(await check(5005).isChecked(), false);
  await bar.getByText("150 selected").waitFor();
  await check(5006).check();
  await bar.getByText("151 selected").waitFor();
  await checkAccessibility(page);
  await bar.getByRole("button", { name: "Select none" }).click();
  await bar.waitFor({ state: "detached" });
});

browserTest("rows that come above what one reads push nothing away", {}, async (page) => {
  const socket = page.waitForEvent("websocket");
  await open(page, list, portal.address);
  await socket;
  await page.waitForTimeout(500);
  await scrollTo(page, 200_000);
  await rowsInSight(page);
  const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: nameOf(5560), exact: true }) });
  const link = row.getByRole("link", { name: nameOf(5560), exact: true });
  await link.focus();
  await settled(page);
  const before = (await row.boundingBox()).y;
  host.put("/first.yaml", component("a-first"));
  await ask("mutation($input: RegisterLocationInput!) { registerLocation(input: $input) { location { id } } }", {
    input: { target: host.url("/first.yaml") },
  });
  await eventually(async () => assert.equal(await row.getAttribute("data-index"), "5561"), 10_000);
  assert.ok(Math.abs((await row.boundingBox()).y - before) < 1, "it stands where it stood");
  assert.ok(await link.evaluate((element) => element === document.activeElement));
  assert.equal(await page.getByRole("table").getAttribute("aria-rowcount"), String(count + 2));
  const { locations } = await ask("{ locations(text: \"first.yaml\") { nodes { id } } }");
  await ask("mutation($id: ID!) { unregisterLocation(input: { id: $id }) { unregisteredId } }", { id: locations.nodes[0].id });
  await eventually(async () => assert.equal(await row.getAttribute("data-index"), "5560"), 10_000);
  assert.ok(Math.abs((await row.boundingBox()).y - before) < 1);
  await rowsInSight(page);
});

browserTest("a thumb scrolls through all of it, too", { width: 375, height: 800, scheme: "dark" }, async (page) => {
  await open(page, list, portal.address);
  await scrollTo(page, (await heightOf(page)) / 2);
  const rows = await rowsInSight(page);
  assert.ok(Math.abs(rows[5] - count / 2) < 60, `${rows[5]} is in the middle`);
  await page.getByRole("checkbox", { name: `Select ${nameOf(rows[4])}` }).check();
  await page.getByRole("toolbar").waitFor();
  await checkWidth(page);
  await checkAccessibility(page);
});

browserTest("rows that cannot be fetched say so, and come when one asks again", { allow: [/500|Internal Server Error/] }, async (page) => {
  await open(page, list, portal.address);
  let isBroken = true;
  await page.route("**/graphql", (route) => {
    const { offset } = JSON.parse(route.request().postData()).variables ?? {};
    return isBroken && offset > 0 ? route.fulfill({ status: 500, body: "" }) : route.continue();
  });
  await scrollTo(page, 300_000);
  const retry = page.getByRole("button", { name: "Try again" });
  await retry.waitFor();
  isBroken = false;
  await retry.click();
  await rowsInSight(page);
  await retry.waitFor({ state: "detached" });
});
