import assert from "node:assert/strict";
import { browserTest, open, query, settled } from "./support/portal.mjs";
import { checkAccessibility, checkWidth } from "./support/accessibility.mjs";

const language = (page) => page.evaluate(() => document.documentElement.lang);

browserTest("a browser that prefers German is spoken to in German, with German dates", { locale: "de-CH" }, async (page) => {
  await open(page, "/catalog?kind=component");
  await page.getByRole("heading", { level: 1, name: "Katalog" }).waitFor();
  assert.equal(await language(page), "de");
  assert.match(await page.title(), /^Katalog · /);
  await page.getByText(/^\d+ Komponenten, [\d’]+ ms$/).waitFor();
  const { entities } = await query('{ entities(filter: { kind: ["Component"] }, first: 1) { nodes { namespace name } } }');
  const { namespace, name } = entities.nodes[0];
  await open(page, `/catalog/${namespace}/component/${name}`);
  const time = page.locator("time").first();
  assert.match(await time.textContent(), /^(gerade eben|vor .+|gestern)$/);
  assert.match(await time.getAttribute("title"), /^\d\d\.\d\d\.\d{4}/);
  await checkAccessibility(page);
});

browserTest("a browser that prefers what is not spoken is spoken to in English", { locale: "fr-FR" }, async (page) => {
  await open(page, "/catalog");
  await page.getByRole("heading", { level: 1, name: "Catalog" }).waitFor();
  assert.equal(await language(page), "en");
});

browserTest("another language is chosen without loading the page again, and stays", {}, async (page) => {
  const loaded = [];
  page.on("request", (request) => loaded.push(request.url()));
  await open(page, "/settings");
  assert.ok(!loaded.some((url) => /allGerman/.test(url)), "nobody who reads English fetches German");
  await page.evaluate(() => {
    window.isSamePage = true;
  });
  await page.getByRole("combobox", { name: "Language of the portal" }).selectOption("de");
  await page.getByRole("heading", { level: 1, name: "Einstellungen" }).waitFor();
  assert.ok(await page.evaluate(() => window.isSamePage));
  assert.equal(await language(page), "de");
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "Einstellungen" }).waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Suchen oder ausführen" }).fill("> english");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
});

browserTest("a language that cannot be fetched leaves English, and the portal works", { locale: "de-DE", allow: [/allGerman|ERR_FAILED|dynamically imported/] }, async (page) => {
  await page.route("**/assets/allGerman-*.js", (route) => route.abort());
  await open(page, "/catalog");
  await page.getByRole("heading", { level: 1, name: "Catalog" }).waitFor();
});

for (const path of ["/catalog", "/settings", "/catalog-graph", "/admin/roles", "/account"]) {
  browserTest(`${path} has room for German on a phone`, { locale: "de-DE", width: 375, height: 700 }, async (page) => {
    await open(page, path);
    await settled(page);
    await checkWidth(page);
    await checkAccessibility(page);
  });
}
