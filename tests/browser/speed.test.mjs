// How fast the pages are with 10,000 entities: measured, and written to a report. Only what no clock decides is asserted.
// `make speed` runs this against the optimised server.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import lighthouse, { desktopConfig } from "lighthouse";
import { chromium } from "playwright-core";
import { artefact } from "./support/artefacts.mjs";
import { organization } from "./support/organization.mjs";
import { percentile, timed } from "./support/pace.mjs";
import { freePort, startPortal } from "./support/server.mjs";

const count = 10_000;
const rounds = 20;
const [most, mostFiles, least] = [200_000, 8, 0.95];
const entityPath = "/catalog/default/component/component-000001";

const report = { entities: count, processor: cpus()[0].model, firstLoad: {}, lighthouse: {}, interactions: {} };
let portal;
let browser;
let debugPort;

before(async () => {
  portal = await startPortal({
    port: await freePort(),
    config: {
      auth: { guest: { enabled: true } },
      permission: { roles: [{ name: "readers", members: ["*"], grants: [{ permission: "catalog.entity.read" }] }] },
    },
    files: organization(count),
  });
  await everything();
  debugPort = await freePort();
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", `--remote-debugging-port=${debugPort}`],
  });
});

after(async () => {
  await browser?.close();
  await portal?.stop();
  await writeFile(await artefact("speed.json"), `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(await artefact("speed.md"), inWords(report));
});

/** Waits until all entities are visible. */
async function everything() {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const body = JSON.stringify({ query: "{ entities(first: 1) { totalCount } }" });
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${portal.address}/graphql`, { method: "POST", headers, body });
    const { data } = await response.json();
    if (data.entities.totalCount >= count) return;
    if (Date.now() > deadline) throw new Error(`only ${data.entities.totalCount} entities are visible`);
    await new Promise((soon) => setTimeout(soon, 200));
  }
}

test("what index.html names fits its budget", async () => {
  const html = await (await fetch(portal.address)).text();
  const names = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g)].map(([, name]) => name);
  assert.ok(names.length > 0);
  let size = 0;
  for (const name of names) {
    const bytes = Buffer.from(await (await fetch(portal.address + name)).arrayBuffer());
    size += gzipSync(bytes, { level: 9 }).length;
  }
  report.firstLoad = { files: names.length, bytes: size, most };
  assert.ok(size <= most, `${size} bytes, compressed`);
  assert.ok(names.length <= mostFiles, `each of ${names.length} files is a request`);
});

for (const [name, path] of Object.entries({ home: "/", catalog: "/catalog", entity: entityPath })) {
  test(`Lighthouse finds nothing to blame on the page of ${name}`, { timeout: 120_000 }, async () => {
    const categories = ["performance", "accessibility", "best-practices"];
    const options = { port: debugPort, output: "html", logLevel: "error", onlyCategories: categories };
    const { lhr, report: html } = await lighthouse(portal.address + path, options, desktopConfig);
    assert.equal(lhr.runtimeError, undefined);
    await writeFile(await artefact("lighthouse", `${name}.html`), html);
    const scores = Object.fromEntries(categories.map((category) => [category, lhr.categories[category].score]));
    const paint = lhr.audits["largest-contentful-paint"].numericValue;
    const shift = lhr.audits["cumulative-layout-shift"].numericValue;
    report.lighthouse[name] = { ...scores, largestPaintMilliseconds: Math.round(paint), layoutShift: shift };
    assert.notEqual(scores.performance, null);
    const failed = Object.values(lhr.audits).filter(({ score }) => score === 0);
    const reasons = failed.map(({ id, title }) => `${id}: ${title}`).join("\n");
    assert.ok(scores.accessibility >= least, reasons);
    assert.ok(scores["best-practices"] >= least, reasons);
  });
}

async function measure(name, round) {
  const times = [];
  for (let number = 0; number < rounds; number++) times.push(await round(number));
  report.interactions[name] = { p50: percentile(times, 0.5), p95: percentile(times, 0.95), rounds };
  assert.equal(times.length, rounds);
}

const isStill = () => !document.querySelector("main [aria-busy=true]");

test("filters, orders, opens and goes back", { timeout: 240_000 }, async () => {
  const profile = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await profile.newPage();
  await page.goto(`${portal.address}/catalog`);
  await page.locator("[data-row-link]").first().waitFor();
  await page.waitForFunction(isStill);

  await measure("filter", (number) =>
    timed(page, {
      argument: number,
      act: (number) => {
        const boxes = [...document.querySelectorAll("main fieldset label[title] input")];
        const box = number % 2 === 0 ? boxes[number % 3] : boxes.find((one) => one.checked);
        box.click();
      },
      isDone: (number) =>
        (number % 2 === 0) === [...document.querySelectorAll("main fieldset label[title] input")].some((box) => box.checked) &&
        document.querySelector("[data-row-link]") &&
        !document.querySelector("main [aria-busy=true]"),
    }),
  );
  await measure("order", (number) =>
    timed(page, {
      argument: number % 2 === 0 ? "Owner" : "Name",
      act: (name) =>
        [...document.querySelectorAll("main thead th a")].find((link) => link.textContent.includes(name)).click(),
      isDone: (name) =>
        [...document.querySelectorAll("main thead th[aria-sort]")].some(
          (head) => head.textContent.includes(name) && head.ariaSort !== "none",
        ) && !document.querySelector("main [aria-busy=true]"),
    }),
  );
  const openings = [];
  await measure("back", async (number) => {
    openings.push(
      await timed(page, {
        argument: number,
        act: (number) => document.querySelectorAll("[data-row-link]")[number].click(),
        isDone: () =>
          /^\/catalog\/[^/]+\//.test(location.pathname) &&
          document.querySelector("main h1") &&
          !document.querySelector("[data-row-link], main [aria-busy=true]"),
      }),
    );
    return timed(page, {
      act: () => history.back(),
      isDone: () =>
        location.pathname === "/catalog" &&
        document.querySelector("[data-row-link]") &&
        !document.querySelector("main [aria-busy=true]"),
    });
  });
  await measure("open", (number) => openings[number]);
  await profile.close();
});

function inWords({ firstLoad, lighthouse: pages, interactions }) {
  const percent = (score) => Math.round(score * 100);
  const row = (...cells) => `| ${cells.join(" | ")} |`;
  return [
    `# Speed with ${count.toLocaleString("en")} entities`,
    "",
    `First load: ${firstLoad.files} files of script and style, ${firstLoad.bytes} bytes with gzip (at most ${most}).`,
    "",
    row("page", "performance", "accessibility", "best practices", "largest paint ms", "layout shift"),
    row("---", "---", "---", "---", "---", "---"),
    ...Object.entries(pages).map(([name, page]) =>
      row(
        name,
        percent(page.performance),
        percent(page.accessibility),
        percent(page["best-practices"]),
        page.largestPaintMilliseconds,
        page.layoutShift.toFixed(3),
      ),
    ),
    "",
    row("interaction", "p50 ms", "p95 ms", "times"),
    row("---", "---", "---", "---"),
    ...Object.entries(interactions).map(([name, { p50, p95 }]) => row(name, p50.toFixed(1), p95.toFixed(1), rounds)),
    "",
  ].join("\n");
}
