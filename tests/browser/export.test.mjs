import assert from "node:assert/strict";
import { test } from "node:test";
import { component } from "./support/fileHost.mjs";
import { browserTest, open } from "./support/portal.mjs";
import { freePort, startPortal } from "./support/server.mjs";

const token = "ada-runs-the-portal";
const many = 451;
const formula = "=HYPERLINK(\"https://evil.example\";\"click\")";
const wanted = Array.from({ length: many }, (_, n) => component(`wanted-${n}`));
const hostile = component("hostile", { description: JSON.stringify(formula) }).replace("production", "experimental");
const others = Array.from({ length: 30 }, (_, n) => component(`other-${n}`).replace("production", "deprecated"));

const portal = await startPortal({
  port: await freePort(),
  files: { "all.yaml": [...wanted, ...others, hostile].join("---\n") },
  config: {
    auth: { tokens: [{ token, subject: "user:default/ada" }] },
    permission: { roles: [{ name: "admins", members: ["user:default/ada"], grants: [{ permission: "*" }] }] },
  },
});
test.after(() => portal.stop());

const names = Array.from({ length: many }, (_, n) => `wanted-${n}`).sort();

async function save(page, format) {
  await page.getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: format }).click()]);
  return Buffer.concat(await (await download.createReadStream()).toArray()).toString();
}

browserTest("a file holds just what the filters leave, however many pages that is", { token }, async (page) => {
  await open(page, "/catalog?lifecycle=production&text=wanted&size=25&sort=-name", portal.address);
  const csv = (await save(page, "As CSV")).replace(/^\uFEFF/, "").trim().split("\r\n");
  assert.deepEqual(csv.slice(1).map((line) => line.split(",")[3]).sort(), names);
  const json = JSON.parse(await save(page, "As JSON"));
  assert.deepEqual(json.map(({ name }) => name).sort(), names);
  assert.deepEqual(json.map(({ name }) => name), csv.slice(1).map((line) => line.split(",")[3]), "and in one order");
});

browserTest("no cell of a file is a formula, whoever wrote the descriptor", { token }, async (page) => {
  await open(page, "/catalog?lifecycle=experimental", portal.address);
  const [, line] = (await save(page, "As CSV")).trim().split("\r\n");
  assert.ok(line.includes(`,"'${formula.replaceAll('"', '""')}",`), line);
  const json = JSON.parse(await save(page, "As JSON"));
  assert.equal(json[0].description, formula, "what no spreadsheet opens says what is there");
});

browserTest("a long export tells how far it is, and can be called off", { token }, async (page) => {
  await open(page, "/catalog", portal.address);
  let release;
  const held = new Promise((go) => (release = go));
  let asked = 0;
  await page.route("**/graphql", async (route) => {
    if (route.request().postData().includes("query CatalogExport") && ++asked === 3) await held;
    await route.fallback().catch(() => {});
  });
  const downloads = [];
  page.on("download", (download) => downloads.push(download));
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("button", { name: "As CSV" }).click();
  const dialog = page.getByRole("dialog", { name: "Exporting the list" });
  await dialog.getByText(`400 of ${many + others.length + 1}`).waitFor();
  const bar = dialog.getByRole("progressbar");
  assert.deepEqual(await bar.evaluate(({ value, max }) => [value, max]), [400, many + others.length + 1]);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await dialog.waitFor({ state: "detached" });
  release();
  await page.waitForTimeout(500);
  assert.equal(downloads.length, 0);
});
