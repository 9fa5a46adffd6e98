import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { test } from "node:test";
import { address, base, browserTest, eventually, open, query, settled } from "./support/portal.mjs";

const budget = 200 * 1000;

test("the first load stays within its budget, and everything it names is hashed and our own", async () => {
  const html = await (await fetch(`${base}/`)).text();
  const named = [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="([^"]+)"/g)].map(([, path]) => path);
  assert.ok(named.some((path) => path.endsWith(".js")) && named.some((path) => path.endsWith(".css")));
  let size = 0;
  for (const path of named) {
    assert.match(path, /^\/assets\/[\w.-]+-[\w-]{8,}\.\w+$/);
    const response = await fetch(base + path);
    assert.equal(response.status, 200, path);
    assert.match(response.headers.get("cache-control") ?? "", /immutable/, path);
    if (/\.(js|css)$/.test(path)) size += gzipSync(Buffer.from(await response.arrayBuffer()), { level: 9 }).length;
  }
  assert.ok(size < budget, `the first load is ${size} bytes of ${budget}`);
  // But for the map of what modules of third parties share, which the policy knows by its hash.
  const other = html.replace(/<script type="importmap">[^<]*<\/script>/, "");
  assert.doesNotMatch(other, /<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=/, "nothing is inline");
});

test("pages come with a policy that forbids what is inline", async () => {
  const response = await fetch(`${base}/catalog`);
  const policy = response.headers.get("content-security-policy") ?? "";
  assert.match(policy, /script-src 'self' 'sha256-[\w+/]+='(;|$)/);
  assert.match(policy, /style-src 'self'(;|$)/);
  assert.doesNotMatch(policy, /unsafe/);
  assert.match(response.headers.get("cache-control") ?? "", /no-cache|no-store/);
});

browserTest("the front page is one's own, and leads to the catalog", {}, async (page) => {
  await open(page, "/");
  assert.equal(address(page), "/");
  await page.getByRole("heading", { level: 1, name: "Home" }).waitFor();
  await page.getByRole("region", { name: "The catalog" }).getByRole("link", { name: /components$/ }).click();
  await page.waitForURL("**/catalog?kind=component");
});

browserTest("the frame says what the portal is called and whose it is", {}, async (page) => {
  await open(page, "/catalog");
  const brand = page.locator("header a").first();
  await brand.getByText("Lantern", { exact: true }).waitFor();
  await brand.getByText("Lantern Night Trains", { exact: true }).waitFor();
});

browserTest("every entry of the navigation leads somewhere", {}, async (page) => {
  await open(page, "/catalog");
  const entries = page.getByRole("navigation", { name: "Main" }).first().getByRole("link");
  const addresses = await entries.evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  assert.deepEqual(addresses, ["/", "/catalog", "/apis", "/catalog-graph", "/graphiql", "/admin"]);
  for (const path of addresses) assert.equal((await fetch(base + path)).status, 200, path);
});

browserTest("the foot of the rail says who is there", {}, async (page) => {
  const { viewer } = await query("{ viewer { displayName } }");
  await open(page, "/catalog");
  await page.getByText(viewer?.displayName ?? "Not signed in", { exact: true }).first().waitFor();
});

browserTest("colours follow the system until one chooses, and the choice is there before the page is drawn", { allow: [/index-|ERR_FAILED/] }, async (page) => {
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await open(page, "/catalog");
  const light = await background();
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await background();
  assert.notEqual(dark, light);
  await page.getByRole("button", { name: /change to Light colours/ }).first().click();
  assert.equal(await background(), light);
  await page.route("**/assets/index-*.js", (route) => route.abort());
  await page.reload({ waitUntil: "commit" }).catch(() => {});
  // Without a script nothing but the style sheet is waited for, which may come after the text.
  await eventually(async () => assert.notEqual(await background(), "rgba(0, 0, 0, 0)"));
  assert.equal(await background(), light);
});

browserTest("the rail collapses and stays so", {}, async (page) => {
  await open(page, "/catalog");
  const rail = () => page.locator("main").evaluate((main) => main.getBoundingClientRect().left);
  assert.equal(await rail(), 220);
  await page.getByRole("button", { name: "Collapse" }).click();
  assert.equal(await rail(), 56);
  await page.reload();
  await settled(page);
  assert.equal(await rail(), 56);
});

browserTest("the keyboard alone finds, narrows, opens and returns", {}, async (page) => {
  await open(page, "/catalog");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to content");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await page.keyboard.press("/");
  await page.keyboard.press("ArrowDown");
  const focusedRow = () => page.evaluate(() => document.activeElement.closest("tr")?.rowIndex);
  assert.equal(await focusedRow(), 1);
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowDown");
  assert.equal(await focusedRow(), 3);
  await page.keyboard.press("k");
  assert.equal(await focusedRow(), 2);
  const name = await page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await page.getByRole("heading", { level: 1, name: "Catalog" }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
  await page.goBack();
  await page.waitForFunction((text) => document.activeElement.textContent === text, name);
});

browserTest("on a phone the navigation is at the bottom and the filters in a sheet", { width: 375, height: 700 }, async (page) => {
  await open(page, "/catalog");
  await page.getByRole("button", { name: "Filters" }).click();
  const sheet = page.getByRole("dialog", { name: "Filters" });
  await sheet.getByLabel("API", { exact: false }).first().check();
  await page.waitForURL("**/catalog?kind=api");
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Filters (1)" }).waitFor();
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("dialog").getByRole("button", { name: /colours/ }).waitFor();
});
