// The gallery of components is served with the sources alone, so this starts what developers start.
import assert from "node:assert/strict";
import { test } from "node:test";
import { base, browserTest } from "./support/portal.mjs";
import { checkAccessibility, checkWidth } from "./support/accessibility.mjs";
import { serveSources } from "./support/sources.mjs";

const sources = await serveSources(base);
const origin = sources.address;
test.after(() => sources.stop());

// Everything is there twice, and so are the names of what is.
const except = ["landmark-unique"];

/** What is shown failed is a component among others. */
const allow = [/broken on/];

async function openGallery(page) {
  // The first to come waits until the sources are put together.
  page.setDefaultTimeout(50_000);
  await page.goto(`${origin}/ui`);
  await page.getByRole("heading", { level: 3, name: "PluginBoundary", exact: false }).waitFor();
  // What shows how it looks to wait waits for ever.
  await page.waitForLoadState("networkidle");
}

browserTest("the gallery is accessible in both densities, and fits a phone", { allow }, async (page) => {
  await openGallery(page);
  await checkAccessibility(page, { except });
  await page.evaluate(() => {
    document.documentElement.dataset.density = "compact";
  });
  await page.emulateMedia({ colorScheme: "dark" });
  await checkAccessibility(page, { except });
  await page.setViewportSize({ width: 375, height: 700 });
  await checkWidth(page);
});

browserTest("a component that breaks in a boundary is drawn anew by trying again, and the other stays", { allow }, async (page) => {
  await openGallery(page);
  await page.getByRole("button", { name: "Break this on light" }).click();
  const alert = page.getByRole("alert").filter({ hasText: "broken on light" });
  await alert.getByText("Plugin radar", { exact: false }).waitFor();
  await page.getByRole("button", { name: "Break this on dark" }).waitFor();
  await alert.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("button", { name: "Break this on light" }).waitFor();
});

browserTest("dialogs and sheets of the gallery are accessible", { allow }, async (page) => {
  await openGallery(page);
  for (const name of ["Dialog", "ConfirmDialog", "Sheet"]) {
    await page.getByRole("button", { name, exact: true }).last().click();
    await page.getByRole("dialog").waitFor();
    await checkAccessibility(page, { except });
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }
});

test("what is built knows nothing of the gallery", async () => {
  const html = await (await fetch(`${base}/`)).text();
  const scripts = [...html.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, path]) => path);
  assert.ok(scripts.length > 0);
  for (const path of scripts) {
    const text = await (await fetch(base + path)).text();
    assert.doesNotMatch(text, /GalleryPage/, path);
  }
});
