// What a module may load: its own file, what the config lists for it, and nothing else; a file elsewhere is held to its hash.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { startScriptHost, writeModules } from "./support/moduleFiles.mjs";
import { browserTest, eventually, open } from "./support/portal.mjs";
import { freePort, startPortal } from "./support/server.mjs";

const head = `import { createElement as h, useEffect, useState } from "react";\nimport { defineModule, useModule } from "@callboard/sdk";\n`;
const says = (words) => `${head}
export default defineModule({
  sdk: "1.0",
  parts: { pages: [{ path: "/", title: "Far", component: () => ${JSON.stringify(words)} }] },
});`;

/** A module that asks an origin, and says what came of it. */
const asks = `${head}
function Page() {
  const { settings, file } = useModule();
  const [said, setSaid] = useState("asking");
  useEffect(() => {
    fetch(settings.address).then((response) => response.json()).then(({ words }) => setSaid(words), () => setSaid("refused"));
  }, []);
  return h("div", null, h("link", { rel: "stylesheet", href: file("style.css"), precedence: "default" }), h("p", { className: "asks-said" }, said));
}
export default defineModule({ sdk: "1.0", parts: { pages: [{ path: "/", title: "Asks", component: Page }] } });`;

const checked = says("It is what it should be");
const integrity = `sha384-${createHash("sha384").update(checked).digest("base64")}`;
const host = await startScriptHost({
  "/checked.js": checked,
  "/changed.js": `globalThis.changedHasRun = true;\n${checked}`,
  "/imports.js": `import "./other.js";\n${says("It has loaded another")}`,
  "/other.js": "globalThis.otherHasRun = true;",
  "/unlisted.js": "globalThis.unlistedHasRun = true;",
  "/answer.json": '{ "words": "answered" }',
});
const style = ".asks-said { color: var(--danger); }";
const docs = readFileSync(new URL("../../docs/modules.md", import.meta.url), "utf8");
const [, hello] = /```js\n(\/\/ modules\/hello[\s\S]*?)```/.exec(docs);
const { config, remove } = await writeModules({
  hello: { "index.js": hello },
  asks: { "index.js": asks, "style.css": style },
  listed: { "index.js": asks, "style.css": style },
});
const [helloConfig, asksConfig, listedConfig] = config;
const settings = { address: `${host.origin}/answer.json` };

/** A portal where one module may ask the host or not. */
async function start(modules) {
  const portal = await startPortal({
    port: await freePort(),
    config: {
      app: { modules },
      auth: { guest: { enabled: true } },
      permission: { roles: [{ name: "reader", members: ["*"], grants: [{ permission: "catalog.entity.read" }] }] },
    },
  });
  return portal;
}

const strict = await start([
  { ...asksConfig, settings },
  { id: "checked", url: `${host.origin}/checked.js`, integrity },
  { id: "changed", url: `${host.origin}/changed.js`, integrity },
  { id: "imports", url: `${host.origin}/imports.js` },
  { id: "gone", url: `${host.origin}/gone.js` },
]);
const generous = await start([helloConfig, { ...listedConfig, settings, contentSecurityPolicy: { connect: [host.origin] } }]);
test.after(async () => {
  await strict.stop();
  await generous.stop();
  await host.stop();
  await remove();
});

const allow = [/module \w+:/, /Content Security Policy/, /violates/, /integrity/, /Failed to find a valid digest/, /404/, /csp/, /gone\.js/, /other\.js/, /answer\.json/, /ERR_FAILED/, /unlisted/];

browserTest("a file elsewhere is run when it is the one that the config means", { allow }, async (page) => {
  await open(page, "/x/checked", strict.address);
  await page.getByText("It is what it should be").waitFor();
  // What is run is what was checked, and not fetched another time.
  assert.equal(host.asked.filter((path) => path === "/checked.js").length, 1);
});

browserTest("a file elsewhere that is another one is not run", { allow }, async (page) => {
  await open(page, "/x/changed", strict.address);
  await page.getByText("is another one than the config", { exact: false }).waitFor();
  assert.equal(await page.evaluate(() => globalThis.changedHasRun), undefined);
});

browserTest("a file elsewhere that is not there is told with its address", { allow }, async (page) => {
  await open(page, "/x/gone", strict.address);
  await page.getByText(`${host.origin}/gone.js could not be fetched`, { exact: false }).waitFor();
});

browserTest("the entry of a module elsewhere lets in that file alone, not its neighbours", { allow }, async (page) => {
  await open(page, "/x/imports", strict.address);
  await page.getByText(`could not be fetched`, { exact: false }).first().waitFor();
  assert.equal(await page.evaluate(() => globalThis.otherHasRun), undefined);
  assert.ok(!host.asked.includes("/other.js"), "it was not even asked for");
  const refused = await page.evaluate(
    (address) => import(address).then(() => "run", () => "refused"),
    `${host.origin}/unlisted.js`,
  );
  assert.equal(refused, "refused");
  assert.ok(!host.asked.includes("/unlisted.js"));
});

browserTest("a module asks no origin that the config does not list for it", { allow }, async (page) => {
  await open(page, "/x/asks", strict.address);
  await page.getByText("refused", { exact: true }).waitFor();
});

browserTest("a module asks the origin that the config lists for it, and has styles of its own", {}, async (page) => {
  await open(page, "/x/listed", generous.address);
  const said = page.getByText("answered", { exact: true });
  await said.waitFor();
  await eventually(async () => {
    const colour = await said.evaluate((element) => getComputedStyle(element).color);
    const danger = await page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement("i"));
      probe.style.color = "var(--danger)";
      const { color } = getComputedStyle(probe);
      probe.remove();
      return color;
    });
    assert.equal(colour, danger);
  });
});

browserTest("the first module of the docs is there as it stands", {}, async (page) => {
  await open(page, "/x/hello", generous.address);
  await page.getByText("Hello, guest.").waitFor();
  await page.getByRole("button", { name: "Pressed 0 times" }).click();
  await page.getByRole("button", { name: "Pressed 1 times" }).waitFor();
});

browserTest("nothing else is inline in the page than the map that names what is shared", {}, async (page) => {
  const response = await page.goto(`${generous.address}/catalog`);
  const html = await response.text();
  const inline = [...html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([^<]*)<\/script>/g)];
  assert.equal(inline.length, 1);
  const { imports } = JSON.parse(inline[0][1]);
  assert.deepEqual(Object.keys(imports), ["react", "react/jsx-runtime", "react-dom", "@callboard/sdk"]);
  const hash = createHash("sha256").update(inline[0][1]).digest("base64");
  const policy = response.headers()["content-security-policy"];
  assert.ok(policy.includes(`'sha256-${hash}'`), policy);
  assert.doesNotMatch(policy, /unsafe/);
  for (const path of Object.values(imports)) {
    const shared = await fetch(generous.address + path);
    assert.equal(shared.status, 200, path);
    assert.match(shared.headers.get("cache-control"), /immutable/);
  }
});
