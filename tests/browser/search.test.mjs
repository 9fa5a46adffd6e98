// The page that finds everything, and the palette's way to it.
import assert from "node:assert/strict";
import { admin, adminBase, reader } from "./support/adminPortal.mjs";
import { address, browserTest, eventually, open } from "./support/portal.mjs";

const field = (page) => page.getByRole("searchbox", { name: "Search everything" });
const results = (page) => page.locator("main ol h2");
const titles = async (page) => (await results(page).allTextContents()).map((text) => text.trim());

browserTest("words are found while one types, typos included, and the keyboard opens what was found", {}, async (page) => {
  await open(page, "/search");
  assert.equal(await page.evaluate(() => document.activeElement.type), "search", "one can type at once");
  await page.keyboard.type("bokking servce");
  await eventually(async () => assert.equal((await titles(page))[0], "Booking service"));
  assert.ok((await page.locator("main ol mark").allTextContents()).includes("Booking"));
  await page.getByRole("status").getByText(/\d+ results?, \d+ ms/).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("k");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Booking service");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Booking service" }).waitFor();
  await page.goBack();
  await eventually(async () => assert.equal((await titles(page))[0], "Booking service"));
  assert.equal(await field(page).inputValue(), "bokking servce");
});

browserTest("what narrows the results stands in the address, is counted, and can be taken away", {}, async (page) => {
  await open(page, "/search?text=booking");
  const kind = page.getByRole("group", { name: "Kind" });
  const count = async (name) => Number(await kind.locator("label", { hasText: name }).locator("span").last().textContent());
  const apis = await count("API");
  const components = await count("Component");
  await kind.getByRole("checkbox", { name: "API" }).check();
  await eventually(async () => assert.equal((await titles(page)).length, apis));
  assert.equal(address(page), "/search?text=booking&kind=API");
  assert.equal(await count("Component"), components, "what the other choice would give is still told");
  await kind.getByRole("checkbox", { name: "Component" }).check();
  await eventually(async () => assert.equal((await titles(page)).length, apis + components));
  await page.reload();
  await eventually(async () => assert.equal((await titles(page)).length, apis + components));
  await page.getByRole("navigation", { name: "Active filters" }).getByRole("link", { name: "Kind API" }).click();
  await eventually(async () => assert.equal((await titles(page)).length, components));
  await page.getByRole("link", { name: "Clear all" }).click();
  await eventually(() => assert.equal(address(page), "/search?text=booking"));
  await page.getByRole("navigation", { name: "Types" }).getByRole("link", { name: "Catalog" }).click();
  await eventually(() => assert.equal(address(page), "/search?text=booking&type=software-catalog"));
});

browserTest("words that cannot be read are told with their place, and nothing found says what to do", {}, async (page) => {
  await open(page, "/search?text=kind:");
  const alert = page.getByRole("alert");
  await alert.getByText("This search cannot be read").waitFor();
  await alert.getByText("kind:value").waitFor();
  await field(page).fill("kind:component no-such-thing-anywhere");
  await page.getByRole("heading", { name: "Nothing was found" }).waitFor();
  await field(page).fill("kind:component booking");
  await eventually(async () => assert.ok((await titles(page)).includes("Booking service")));
});

browserTest("a search is kept with the account, used, forgotten and brought back", { token: reader }, async (page) => {
  await open(page, "/search?text=booking&kind=System", adminBase);
  await page.getByRole("button", { name: "Keep this search" }).click();
  const dialog = page.getByRole("dialog", { name: "Keep this search" });
  await dialog.getByRole("textbox", { name: "Name" }).fill("");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText("Give it a name.").waitFor();
  await dialog.getByRole("textbox", { name: "Name" }).fill("Systems of booking");
  const told = page.waitForResponse((response) => response.request().postData()?.includes("KeepSetting"));
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByText("“Systems of booking” is kept.").waitFor();
  await told;
  await open(page, "/search", adminBase);
  const kept = page.getByRole("region", { name: "Kept searches" });
  await kept.getByRole("link", { name: "Systems of booking" }).click();
  await eventually(() => assert.equal(address(page), "/search?text=booking&kind=System"));
  await open(page, "/search", adminBase);
  await kept.getByRole("button", { name: "Forget “Systems of booking”" }).click();
  await kept.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).click();
  await kept.getByRole("link", { name: "Systems of booking" }).waitFor();
});

browserTest("what was looked for is remembered once one stays with it", {}, async (page) => {
  await open(page, "/search?text=tickets");
  await results(page).first().waitFor();
  await eventually(async () => {
    const kept = await page.evaluate(() => Object.entries(localStorage).find(([key]) => key.includes("search.recent"))?.[1]);
    assert.match(kept ?? "", /tickets/);
  });
  await open(page, "/search");
  const recent = page.getByRole("region", { name: "Recent searches" });
  await recent.getByRole("link", { name: "tickets" }).click();
  await eventually(() => assert.equal(address(page), "/search?text=tickets"));
  await open(page, "/search");
  await page.getByRole("button", { name: "Forget the recent searches" }).click();
  await recent.waitFor({ state: "detached" });
});

browserTest("the palette leads to all results", {}, async (page) => {
  await open(page, "/");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("booking");
  await page.getByRole("option", { name: /All \d+ results/ }).click();
  await eventually(() => assert.equal(address(page), "/search?text=booking"));
  await eventually(async () => assert.ok((await titles(page)).includes("Booking service")));
});

browserTest("an admin sees the index and has it built anew, while it answers", { token: admin }, async (page) => {
  await open(page, "/admin/search", adminBase);
  const row = page.getByRole("row", { name: /Catalog/ });
  await row.getByText("Whole").waitFor();
  await page.getByRole("button", { name: "Build anew" }).click();
  await page.getByText("The index is built anew; until it is there, the present one answers.").waitFor();
  await open(page, "/search?text=booking", adminBase);
  await eventually(async () => assert.ok((await titles(page)).includes("Booking service")));
  await open(page, "/admin/search", adminBase);
  await page.locator("dd time").waitFor();
  await row.getByText("Whole").waitFor();
});

browserTest("who may not see the index is told which permission it takes", { token: reader }, async (page) => {
  await open(page, "/admin/search", adminBase);
  await page.getByText("search.index.read").waitFor();
});
