import { browserTest, open, query, settled } from "./support/portal.mjs";
import { checkAccessibility, checkWidth } from "./support/accessibility.mjs";

const pages = {
  "the catalog": "/catalog",
  "a narrowed catalog": "/catalog?kind=component&lifecycle=production&sort=-name",
  "a catalog where nothing matches": "/catalog?text=no-such-thing-anywhere",
  "the problems": "/catalog/problems",
  "what was found": "/search?text=booking&kind=Component",
  "a search that finds nothing": "/search?text=no-such-thing-anywhere",
  "a search that cannot be read": "/search?text=kind:",
  "a page that is not there": "/no/such/page",
};

async function entityPages() {
  const { entities } = await query(
    '{ entities(filter: { kind: ["component", "api", "group", "user", "system", "location"] }, first: 500) { nodes { kind namespace name } } }',
  );
  const path = (kind) => {
    const entity = entities.nodes.find((node) => node.kind === kind);
    if (!entity) throw new Error(`the demo has no ${kind}`);
    return `/catalog/${entity.namespace}/${kind}/${entity.name}`.toLowerCase();
  };
  return {
    "a component": path("Component"),
    "a component's relations": `${path("Component")}/relations`,
    "a component's YAML": `${path("Component")}/yaml`,
    "an API's definition": `${path("API")}/definition`,
    "a group": path("Group"),
    "a user": path("User"),
    "a system": path("System"),
  };
}

const all = { ...pages, ...(await entityPages()) };

for (const [name, path] of Object.entries(all)) {
  browserTest(`${name} is accessible, light and dark, and fits a phone and a zoomed window`, {}, async (page) => {
    await open(page, path);
    await checkAccessibility(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await checkAccessibility(page);
    await page.setViewportSize({ width: 720, height: 450 });
    await checkWidth(page);
    await page.setViewportSize({ width: 375, height: 700 });
    await checkWidth(page);
    await checkAccessibility(page);
  });
}

browserTest("the open filters of a phone are accessible", { width: 375, height: 700 }, async (page) => {
  await open(page, "/catalog");
  await page.getByRole("button", { name: "Filters" }).click();
  await settled(page);
  await checkAccessibility(page);
});

browserTest("an open hover card is accessible", {}, async (page) => {
  await open(page, all["a component"]);
  await page.getByRole("region", { name: "About" }).getByRole("link").first().hover();
  await page.getByRole("tooltip").waitFor();
  await settled(page);
  await checkAccessibility(page);
});

browserTest("a failure is accessible", { allow: [/500/] }, async (page) => {
  await page.route("**/graphql", (route) => route.fulfill({ status: 500, body: "" }));
  await open(page, "/catalog");
  await page.getByRole("alert").waitFor();
  await checkAccessibility(page);
});
