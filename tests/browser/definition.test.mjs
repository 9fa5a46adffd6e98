// Definitions of APIs: each in the viewer of its language, whatever is in them, and tried out.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { checkAccessibility, checkWidth } from "./support/accessibility.mjs";
import * as definitions from "./support/definitions.mjs";
import { address, browserTest, eventually, open, settled } from "./support/portal.mjs";
import { freePort, startPortal } from "./support/server.mjs";

const { api, component } = definitions;

/** An API of somebody else's, which notes what it is asked. */
const asked = [];
const outside = createServer((request, response) => {
  let body = "";
  request.on("data", (part) => (body += part));
  request.on("end", () => {
    asked.push({ method: request.method, url: request.url, headers: request.headers, body });
    const isShut = request.url.endsWith("/shut");
    const cors = isShut ? {} : { "access-control-allow-origin": "*", "access-control-allow-headers": "authorization, content-type" };
    if (request.method === "OPTIONS") return response.writeHead(204, cors).end();
    if (request.url.endsWith("/moved")) return response.writeHead(302, { ...cors, location: "/v1/elsewhere" }).end();
    response.writeHead(request.method === "POST" ? 201 : 200, { ...cors, "content-type": "application/json", "set-cookie": "a=b" });
    response.end(JSON.stringify({ said: "<b>hello</b>", limit: new URL(request.url, "http://x").searchParams.get("limit") }));
  });
});
await new Promise((listening) => outside.listen(0, "127.0.0.1", listening));
const server = `http://127.0.0.1:${outside.address().port}/v1`;

const portal = await startPortal({
  port: await freePort(),
  files: {
    "apis.yaml": [
      api("pets", "openapi", definitions.pets(server)),
      api("old", "openapi", definitions.swagger),
      api("events", "asyncapi", definitions.events),
      api("graph", "graphql", definitions.graph),
      api("keeper", "grpc", definitions.service),
      api("broken", "openapi", definitions.broken),
      api("mixed", "openapi", definitions.graph),
      api("plain", "thrift", "namespace java x\n"),
      api("tools", "mcp-server", undefined, {
        remotes: [
          { type: "streamable-http", url: "https://tools.example/mcp" },
          { type: "sse", url: "javascript:alert(1)" },
        ],
      }),
      component("shop", { provides: ["pets"] }),
      component("app", { consumes: ["pets"] }),
    ].join("\n---\n"),
    "huge.yaml": api("huge", "openapi", { $text: "./huge.json" }),
    "huge.json": definitions.huge(2000, 380),
  },
  config: {
    auth: { guest: { enabled: true } },
    permission: { roles: [{ name: "readers", members: ["*"], grants: [{ permission: "catalog.entity.read" }] }] },
    catalog: {
      locations: ["apis.yaml", "huge.yaml"].map((name) => ({ type: "file", target: `./${name}` })),
      rules: [{ allow: ["API", "Component"] }],
    },
  },
});
test.after(async () => {
  await portal.stop();
  await new Promise((closed) => outside.close(closed) && outside.closeAllConnections());
});

const path = (name, item) =>
  `/catalog/default/api/${name}/definition${item === undefined ? "" : `?item=${encodeURIComponent(item)}`}`;
const openDefinition = (page, name, item) => open(page, path(name, item), portal.address);
const contents = (page) => page.getByRole("navigation", { name: "Contents" });
const heading = (page, name) => page.getByRole("heading", { level: 2, name, exact: true });

browserTest("an operation has an address, and back and forward lead through what was looked at", {}, async (page) => {
  await openDefinition(page, "pets");
  await contents(page).getByRole("link", { name: "POST /pets", exact: true }).click();
  await heading(page, "Add a pet").waitFor();
  assert.equal(new URL(page.url()).searchParams.get("item"), "POST /pets");
  await page.getByRole("link", { name: "Pet", exact: true }).last().click();
  await heading(page, "Pet").waitFor();
  await page.goBack();
  await heading(page, "Add a pet").waitFor();
  await page.goForward();
  await heading(page, "Pet").waitFor();
  await page.reload();
  await heading(page, "Pet").waitFor();
  await page.getByRole("complementary").getByText("shop").waitFor();
  await page.getByRole("complementary").getByText("app").waitFor();
});

browserTest("a definition that means harm shows its words and does nothing", {}, async (page) => {
  const before = asked.length;
  const elsewhere = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(portal.address) && !/^(data|blob):/.test(request.url())) elsewhere.push(request.url());
  });
  await openDefinition(page, "pets");
  await page.getByText("All pets. click and").waitFor();
  assert.match(await page.title(), /pets/);
  assert.deepEqual(await page.locator("main a[href^='javascript:'], article a[href^='javascript:'], article script, article img").all(), []);
  await openDefinition(page, "pets", "schema Pet");
  await page.getByText("Vet is in another document, which is not fetched.").waitFor();
  await page.getByText("Pool leads around in a circle.").waitFor();
  for (let depth = 0; depth < 4; depth++) {
    await page.getByRole("button", { name: "parent", expanded: false }).last().click();
  }
  assert.equal(await page.getByRole("button", { name: "parent", expanded: true }).count(), 4);
  assert.deepEqual(elsewhere, []);
  assert.equal(asked.length, before);
});

browserTest("a request goes to the server of the definition, with what was typed and nothing of the session", {}, async (page) => {
  await page.context().addCookies([{ name: "secret", value: "of-the-portal", url: "http://127.0.0.1" }]);
  await openDefinition(page, "pets", "GET /pets");
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByLabel("limit").fill("7");
  const command = page.getByRole("region", { name: "As a command" });
  assert.match(await command.textContent(), new RegExp(`curl '?${server.replaceAll(".", "\\.")}/pets\\?limit=7`));
  asked.length = 0;
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("region", { name: "Answer" }).getByText("<b>hello</b>").waitFor();
  await page.getByText(/200 OK in/).waitFor();
  assert.deepEqual(asked.map(({ method, url }) => [method, url]), [["GET", "/v1/pets?limit=7"]]);
  const { cookie, referer, authorization } = asked[0].headers;
  assert.deepEqual({ cookie, referer, authorization }, { cookie: undefined, referer: undefined, authorization: undefined });
});

browserTest("what an operation asks for is sent: a body, and the credentials that were typed", {}, async (page) => {
  await openDefinition(page, "pets", "POST /pets");
  await page.getByRole("button", { name: "Try it" }).click();
  assert.deepEqual(JSON.parse(await page.getByRole("textbox", { name: "Body" }).inputValue()), { name: "Rex", kind: "cat" });
  await page.getByLabel("Token").fill("a-token");
  asked.length = 0;
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByText(/201 Created in/).waitFor();
  const sent = asked.find(({ method }) => method === "POST");
  assert.equal(sent.headers.authorization, "Bearer a-token");
  assert.equal(sent.headers["content-type"], "application/json");
  assert.deepEqual(JSON.parse(sent.body), { name: "Rex", kind: "cat" });
});

browserTest(
  "what the browser may not show is explained, and a redirect is not followed",
  { allow: [/CORS/, /ERR_FAILED/, /status of 302/] },
  async (page) => {
    await openDefinition(page, "pets", "GET /shut");
    await page.getByRole("button", { name: "Try it" }).click();
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("does not let pages of").waitFor();
    await page.getByText(portal.address, { exact: false }).first().waitFor();
    await openDefinition(page, "pets", "GET /moved");
    await page.getByRole("button", { name: "Try it" }).click();
    asked.length = 0;
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("The server sends on to somewhere else").waitFor();
    assert.deepEqual(asked.map(({ url }) => url), ["/v1/moved"]);
  },
);

browserTest("a request can go to an address that is typed, and to nothing that is none", {}, async (page) => {
  await openDefinition(page, "pets", "GET /pets/{id}");
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByText("Fill in id first.").waitFor();
  await page.getByLabel("id", { exact: true }).fill("a/b");
  await page.getByLabel("Server").selectOption({ label: "Another address…" });
  await page.getByLabel("Address of the server").fill("javascript:alert(1)//");
  assert.ok(await page.getByRole("button", { name: "Send" }).isDisabled());
  await page.getByLabel("Address of the server").fill(`${server}/`);
  asked.length = 0;
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByText(/200 OK in/).waitFor();
  assert.deepEqual(asked.map(({ url }) => url), ["/v1/pets/a%2Fb"]);
});

test("only the script that sends to other servers may, and no page", async () => {
  const policy = async (path) => (await fetch(portal.address + path)).headers.get("content-security-policy");
  assert.match(await policy("/catalog"), /connect-src 'self';/);
  const { readdirSync } = await import("node:fs");
  const files = readdirSync(new URL("../../web/dist/assets", import.meta.url)).filter((file) => file.endsWith(".js"));
  const outsiders = files.filter((file) => file.startsWith("outsideWorker-"));
  assert.equal(outsiders.length, 1);
  assert.equal(await policy(`/assets/${outsiders[0]}`), "default-src 'none'; connect-src http: https:");
  const other = files.find((file) => file.startsWith("readWorker-"));
  assert.match(await policy(`/assets/${other}`), /connect-src 'self';/);
});

browserTest("thousands of operations are searched and walked by the keyboard", {}, async (page) => {
  await openDefinition(page, "huge");
  await page.getByText("5.7 MB").waitFor();
  const links = contents(page).getByRole("link");
  assert.ok((await links.count()) < 100, "only the rows in sight are there");
  await page.keyboard.press("/");
  await page.keyboard.type("things-1999");
  await page.getByText("1 of 2,500").waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await heading(page, "Thing 1999").waitFor();
  await eventually(() => assert.equal(new URL(page.url()).searchParams.get("find"), "things-1999"));
  await page.keyboard.press("/");
  await page.keyboard.press("Escape");
  // The one that is shown is in sight in the whole list, too.
  await contents(page).getByRole("link", { name: "/area-39/things-1999/{id}" }).waitFor();
  await contents(page).getByRole("link", { name: "/area-39/things-1999/{id}" }).focus();
  await page.keyboard.press("ArrowUp");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "GET/area-39/things-1959/{id}");
  await page.getByRole("link", { name: "Source" }).click();
  await page.getByRole("region", { name: "Definition" }).waitFor();
});

browserTest("a broken definition shows its mistake with the line, and its source", {}, async (page) => {
  await openDefinition(page, "broken");
  await page.getByRole("alert").getByText("This definition cannot be shown as OpenAPI").waitFor();
  await page.getByRole("alert").getByText(/mistake in line \d/).waitFor();
  assert.equal(await page.getByRole("region", { name: "Definition" }).textContent(), definitions.broken);
  await checkAccessibility(page);
});

browserTest("a definition that reads as something else is shown as that, and it is said", {}, async (page) => {
  await openDefinition(page, "mixed");
  await page.getByText("The catalog calls this openapi, but it reads as GraphQL").waitFor();
  await openDefinition(page, "plain");
  assert.equal(await page.getByRole("region", { name: "Definition" }).textContent(), "namespace java x\n");
});

browserTest("the types of a GraphQL schema lead to one another", {}, async (page) => {
  await openDefinition(page, "graph", "Query.pets");
  await page.getByRole("article").getByRole("link", { name: "Pet", exact: true }).first().click();
  await heading(page, "Pet").waitFor();
  await page.getByText("A pet, of somebody.").waitFor();
  await page.getByText("Deprecated: Ask species").waitFor();
  await page.getByRole("article").getByRole("link", { name: "Person", exact: true }).last().click();
  await heading(page, "Person").waitFor();
  await page.getByRole("link", { name: "Pet.owner" }).click();
  await heading(page, "Pet").waitFor();
});

browserTest("gRPC, AsyncAPI and OpenAPI 2 have their viewers", {}, async (page) => {
  await openDefinition(page, "keeper", "Keeper/Watch");
  await page.getByText("a stream of").waitFor();
  await page.getByRole("link", { name: "WatchRequest" }).last().click();
  await heading(page, "WatchRequest").waitFor();
  await openDefinition(page, "events");
  await contents(page).getByRole("link", { name: "pets/{id}/born" }).click();
  await page.getByText("You may subscribe to it.").waitFor();
  await page.getByText("A pet was born").waitFor();
  await openDefinition(page, "old", "POST /pets");
  await heading(page, "Add one").waitFor();
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByText("https://old.example/v1/pets").waitFor();
});

browserTest("an MCP server says where it is and how clients are told of it", {}, async (page) => {
  await openDefinition(page, "tools");
  await page.getByText("This is not an address that a client could connect to.").waitFor();
  await page.getByText("claude mcp add --transport http tools https://tools.example/mcp").waitFor();
  await page.getByText("VS Code").click();
  const shown = await page.getByRole("region", { name: "Configuration" }).textContent();
  assert.match(shown, /"type": "http"/);
  await checkAccessibility(page);
});

browserTest("a part that is not there says so, and leads back", {}, async (page) => {
  await openDefinition(page, "pets", "GET /nothing");
  await heading(page, "Not in this definition").waitFor();
  await page.getByRole("link", { name: "See what is there" }).click();
  await page.getByText("All pets. click and").waitFor();
});

browserTest("the source is one click away, to copy and to keep", {}, async (page) => {
  await openDefinition(page, "keeper");
  await page.getByRole("button", { name: "Copy Source" }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), definitions.service);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download" }).click()]);
  assert.equal(download.suggestedFilename(), "keeper.proto");
  await page.getByRole("link", { name: "Source" }).click();
  await settled(page);
  assert.equal(address(page), `${path("keeper")}?view=source`);
  assert.equal(await page.getByRole("region", { name: "Definition" }).textContent(), definitions.service);
});

for (const [width, scheme] of [[1440, "light"], [1440, "dark"], [375, "light"], [375, "dark"]]) {
  browserTest(`every viewer is accessible and fits, at ${width} px, ${scheme}`, { width, scheme }, async (page) => {
    const places = [
      ["pets"],
      ["pets", "POST /pets"],
      ["pets", "schema Pet"],
      ["events", "channel pets/{id}/born"],
      ["graph", "Pet"],
      ["keeper", "Keeper/Watch"],
      ["tools"],
    ];
    for (const [name, item] of places) {
      await openDefinition(page, name, item);
      const tryIt = page.getByRole("button", { name: "Try it" });
      if (await tryIt.isVisible()) await tryIt.click();
      await checkAccessibility(page);
      await checkWidth(page);
    }
    if (width < 500) {
      await openDefinition(page, "pets", "GET /pets");
      await page.getByRole("button", { name: "GET /pets" }).click();
      await checkAccessibility(page);
      await page.getByRole("dialog").getByRole("link", { name: "POST /pets" }).click();
      await heading(page, "Add a pet").waitFor();
      await page.getByRole("dialog").waitFor({ state: "detached" });
    }
  });
}
