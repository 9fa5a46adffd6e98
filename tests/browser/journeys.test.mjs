// Whole ways through the portal, on a desk and on a phone, light and dark. What they look like is kept for people to see.
import assert from "node:assert/strict";
import { artefact } from "./support/artefacts.mjs";
import { checkAccessibility, checkWidth } from "./support/accessibility.mjs";
import { address, browserTest, eventually, open, settled } from "./support/portal.mjs";

const entity = { name: "Booking service", path: "/catalog/default/component/booking-service" };

const places = {
  home: "/",
  catalog: "/catalog",
  "catalog-filtered": "/catalog?kind=component&lifecycle=production",
  "catalog-nothing": "/catalog?text=no-such-thing",
  apis: "/apis",
  component: entity.path,
  relations: `${entity.path}/relations`,
  dependents: `${entity.path}/dependents`,
  yaml: `${entity.path}/yaml`,
  inspected: `${entity.path}?inspect=ancestry`,
  definition: "/catalog/default/api/booking-api/definition",
  system: "/catalog/default/system/booking",
  domain: "/catalog/default/domain/passengers",
  group: "/catalog/default/group/passenger-products",
  graph: `/catalog-graph?root=${encodeURIComponent("component:default/booking-service")}`,
  problems: "/catalog/problems",
  settings: "/settings",
  "not-found": "/no/such/page",
};

const devices = [
  { width: 1440, height: 900, scheme: "light" },
  { width: 1440, height: 900, scheme: "dark" },
  { width: 375, height: 800, scheme: "light" },
  { width: 375, height: 800, scheme: "dark" },
];

for (const device of devices) {
  const look = `${device.width}-${device.scheme}`;

  browserTest(`every place fits and is kept as a picture: ${look}`, device, async (page) => {
    for (const [name, path] of Object.entries(places)) {
      await open(page, path);
      await checkWidth(page);
      await page.screenshot({ path: await artefact("screenshots", look, `${name}.png`) });
    }
  });

  browserTest(`from the front page to what an entity depends on and back: ${look}`, device, async (page) => {
    const picture = async (name) => page.screenshot({ path: await artefact("journeys", look, `${name}.png`) });
    await open(page, "/");
    await page.getByRole("main").getByRole("button", { name: /Search everything/ }).click();
    const palette = page.getByRole("dialog", { name: "Find anything" });
    await palette.getByRole("combobox").fill("booking service");
    await palette.getByRole("option").filter({ hasText: entity.name }).first().waitFor();
    await settled(page);
    await picture("1-palette");
    await palette.getByRole("option").filter({ hasText: entity.name }).first().click();
    await page.getByRole("heading", { level: 1, name: entity.name }).waitFor();
    await settled(page);
    await picture("2-entity");
    await page.getByRole("link", { name: "Dependents" }).click();
    await page.waitForURL("**/dependents");
    await settled(page);
    await picture("3-dependents");
    await page.goBack();
    await page.waitForURL(`**${entity.path}`);
    await page.goBack();
    await page.getByRole("heading", { level: 1, name: "Home" }).waitFor();
    const recent = page.getByRole("region", { name: "Recently visited" });
    await recent.getByRole("link", { name: entity.name }).waitFor();
    await checkAccessibility(page);
    await picture("4-home");
  });
}

browserTest("all of that by the keys alone, with the focus in sight", {}, async (page) => {
  await open(page, "/");
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await page.getByRole("heading", { level: 1, name: "Catalog" }).waitFor();
  await settled(page);
  await page.keyboard.press("/");
  await page.keyboard.type("booking");
  await eventually(() => assert.match(address(page), /text=booking/));
  await settled(page);
  // From the field on, the keys lead through the page to the first row.
  const focused = () => page.evaluate(() => document.activeElement?.hasAttribute("data-row-link") ?? false);
  for (let presses = 0; presses < 80 && !(await focused()); presses++) {
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(() => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement);
      const holder = getComputedStyle(document.activeElement.closest("label, tr") ?? document.activeElement);
      const isDrawn = (style) => (style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.boxShadow !== "none";
      return isDrawn({ outlineStyle, outlineWidth, boxShadow }) || isDrawn(holder);
    });
    assert.ok(seen, `no focus is seen on ${await page.evaluate(() => document.activeElement.outerHTML.slice(0, 200))}`);
  }
  assert.ok(await focused(), "the keys never came to a row");
  const name = await page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
  await settled(page);
  await page.keyboard.press("i");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  // What the keys for going back do in a browser with a window.
  await page.goBack();
  await eventually(() => assert.match(address(page), /^\/catalog\?text=booking/));
  await eventually(async () => assert.ok(await focused(), "the focus is not back on the row"));
});
