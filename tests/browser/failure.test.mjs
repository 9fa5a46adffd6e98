import assert from "node:assert/strict";
import { browserTest, open, rowNames, settled } from "./support/portal.mjs";

const provoked = [/50[0-9]/, /ERR_FAILED/];

browserTest("a server that fails is said to fail, and trying again works", { allow: provoked }, async (page) => {
  let isBroken = true;
  await page.route("**/graphql", (route) =>
    isBroken
      ? route.fulfill({ status: 500, contentType: "text/plain", headers: { "x-request-id": "request-42" }, body: "oops" })
      : route.continue(),
  );
  await open(page, "/catalog");
  const alert = page.getByRole("alert");
  await alert.getByRole("heading", { name: "The catalog could not be loaded" }).waitFor();
  await alert.getByText("Request request-42", { exact: false }).waitFor();
  isBroken = false;
  await alert.getByRole("button", { name: "Try again" }).click();
  await alert.waitFor({ state: "detached" });
  await page.locator("[data-row-link]").first().waitFor();
  assert.ok((await rowNames(page)).length > 0);
});

browserTest("an entity page survives a connection that is lost", { allow: provoked }, async (page) => {
  await open(page, "/catalog?kind=component");
  await page.route("**/graphql", (route) => route.abort());
  await page.locator("[data-row-link]").first().click();
  await page.getByRole("alert").getByText("The portal cannot be reached", { exact: false }).waitFor();
  await page.unroute("**/graphql");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("navigation", { name: "Parts of this entity" }).waitFor();
});

browserTest("a part that is missing is named, and the rest is shown", {}, async (page) => {
  await page.route("**/graphql", async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    if (body.data?.entities?.nodes) {
      for (const node of body.data.entities.nodes) node.owner = null;
      const path = ["entities", "nodes", 0, "owner"];
      body.errors = [{ message: "the subgraph did not answer", path, extensions: { code: "UNAVAILABLE" } }];
    }
    await route.fulfill({ response, json: body });
  });
  await open(page, "/catalog");
  await page.getByText("Some of this could not be loaded.", { exact: false }).waitFor();
  assert.ok((await rowNames(page)).length > 0);
});

browserTest("an empty catalog teaches how to fill it", {}, async (page) => {
  await page.route("**/graphql", async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    if (body.data?.entities?.nodes) {
      const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
      body.data.entities = { ...body.data.entities, totalCount: 0, nodes: [], pageInfo };
    }
    await route.fulfill({ response, json: body });
  });
  await open(page, "/catalog");
  await page.getByRole("heading", { name: "The catalog is empty" }).waitFor();
  await page.getByRole("region", { name: "A first catalog-info.yaml" }).getByText("kind: Component").waitFor();
});

browserTest("a slow answer shows a skeleton only after a while, and then nothing moves", {}, async (page) => {
  let answer;
  const isDue = new Promise((resolve) => {
    answer = resolve;
  });
  await page.route("**/graphql", async (route) => {
    await isDue;
    await route.continue();
  });
  await page.goto(new URL("/catalog", process.env.CALLBOARD_URL).href);
  await page.locator("main table[aria-hidden] thead th").nth(1).getByText("Name").waitFor();
  const header = () => page.locator("main table thead th").nth(1).boundingBox();
  const before = await header();
  answer();
  await page.locator("[data-row-link]").first().waitFor();
  await settled(page);
  assert.deepEqual(await header(), before);
});
