import assert from "node:assert/strict";
import { checkAccessibility, checkWidth } from "./support/accessibility.mjs";
import { admin, adminBase, reader } from "./support/adminPortal.mjs";
import { address, asSomeone, browserTest, eventually, open, query, rowNames, settled } from "./support/portal.mjs";

const asAdmin = { origin: adminBase, token: admin };
const ask = (document, variables) => query(document, variables, asAdmin);

async function freshRole(name, input = {}) {
  await ask(`mutation($input: CreateRoleInput!) { createRole(input: $input) { role { name } } }`, {
    input: { name, members: [], ...input },
  });
  return `/admin/roles/${encodeURIComponent(name)}`;
}

async function addGrant(page) {
  await page.getByRole("button", { name: "Add a grant" }).click();
  return page.getByRole("dialog", { name: "Add a grant" });
}

async function pick(page, field, text, option) {
  await field.fill(text);
  await page.getByRole("option", { name: option }).click();
}

browserTest("an admin makes a role with a condition, looks before they leap, and its member sees more", { token: admin }, async (page) => {
  await open(page, "/", adminBase);
  await page.getByRole("navigation", { name: "Main" }).first().getByRole("link", { name: "Admin" }).click();
  await page.getByRole("heading", { level: 1, name: "Roles" }).waitFor();
  assert.equal(address(page), "/admin/roles");

  await page.getByRole("button", { name: "Create a role" }).click();
  const create = page.getByRole("dialog", { name: "Create a role" });
  await create.getByRole("textbox", { name: "Name" }).fill("readers of APIs");
  await pick(page, create.getByRole("combobox", { name: "Members" }), "aiko", /Aiko Tanaka/);
  await create.getByRole("button", { name: "Create a role" }).click();
  await page.getByRole("heading", { level: 1, name: "readers of APIs" }).waitFor();
  await page.getByText("No grants yet", { exact: false }).waitFor();

  const dialog = await addGrant(page);
  await dialog.getByRole("combobox", { name: "Permission" }).selectOption("catalog.entity.read");
  await dialog.getByText("Only some").click();
  await dialog.getByRole("combobox", { name: "Choose a rule" }).selectOption("IS_ENTITY_KIND");
  await dialog.getByRole("combobox", { name: "Kinds" }).fill("API");
  await page.keyboard.press("Enter");
  await dialog.getByText("Allow catalog.entity.read when the kind is API").waitFor();
  await checkAccessibility(page);
  await dialog.getByRole("button", { name: "Apply" }).click();
  await dialog.waitFor({ state: "detached" });

  const isSeen = () => asSomeone({ token: reader }, async (other) => {
    await open(other, "/catalog?size=200", adminBase);
    return rowNames(other);
  });
  assert.deepEqual(await isSeen(), [], "nothing is saved yet");

  const { entities } = await ask('{ entities(filter: { kind: ["api"] }, first: 200) { totalCount nodes { displayName } } }');
  await page.getByRole("button", { name: "Review changes" }).click();
  const review = page.getByRole("dialog", { name: "Review changes of readers of APIs" });
  await review.getByText("Add: Allow catalog.entity.read when the kind is API").waitFor();
  const change = review.getByRole("row", { name: /aiko/i });
  await change.getByText(`+${entities.totalCount}`).waitFor();
  await change.getByText("for some").waitFor();
  await settled(page);
  await checkAccessibility(page);
  await review.getByRole("button", { name: "Save" }).click();
  await page.getByText("The role readers of APIs was saved.").waitFor();

  assert.deepEqual((await isSeen()).sort(), entities.nodes.map(({ displayName }) => displayName).sort());
});

browserTest("a decision is explained with what would change it, and that leads to the grant", { token: admin }, async (page) => {
  const condition = { rule: "IS_ENTITY_KIND", params: { kinds: ["System"] } };
  await freshRole("readers of systems", { members: ["user:default/aiko.tanaka"] });
  await ask(`mutation($input: GrantPermissionInput!) { grantPermission(input: $input) { role { name } } }`, {
    input: { role: "readers of systems", permission: "catalog.entity.read", when: { not: condition } },
  });
  await open(page, "/admin/explain", adminBase);
  const subject = page.getByRole("combobox", { name: "Who" });
  await subject.focus();
  await page.getByRole("option").first().waitFor();
  await settled(page);
  await checkAccessibility(page);
  await subject.fill("nobody of this name");
  await page.getByRole("status").filter({ hasText: "Nothing matches" }).waitFor();
  await settled(page);
  await checkAccessibility(page);
  await subject.fill("");
  await page.getByRole("button", { name: "Remove user:default/maren.dahl" }).click();
  assert.equal(await page.getByRole("button", { name: /^Remove/ }).count(), 0, "nobody is left to take away");
  assert.ok(await page.getByRole("button", { name: "Explain" }).isDisabled());
  await pick(page, subject, "aiko", /Aiko Tanaka/);
  await page.getByRole("combobox", { name: "May do what" }).selectOption("catalog.entity.read");
  await pick(page, page.getByRole("combobox", { name: "To which entity" }), "system:default/booking", /system:default\/booking/);
  await page.getByRole("button", { name: "Explain" }).click();
  await page.getByRole("heading", { name: "Denied" }).waitFor();
  assert.equal(
    address(page),
    "/admin/explain?subject=user:default/aiko.tanaka&permission=catalog.entity.read&resource=system:default/booking",
  );
  const failing = page.getByRole("region", { name: "How it comes about" }).getByRole("listitem").filter({ hasText: "readers of systems" });
  await failing.getByText("condition fails").waitFor();
  await failing.getByRole("img", { name: "does not hold" }).first().waitFor();
  await failing.getByRole("img", { name: "holds", exact: true }).waitFor();
  await settled(page);
  await checkAccessibility(page);

  const remedy = page.getByRole("region", { name: "What would change it" }).getByRole("listitem").filter({ hasText: "readers of systems" });
  await remedy.getByRole("link", { name: "Grant this…" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a grant" });
  assert.equal(await dialog.getByRole("combobox", { name: "Permission" }).inputValue(), "catalog.entity.read");
});

browserTest("a condition is built in groups, read as JSON, and told where it is wrong", { token: admin }, async (page) => {
  await open(page, await freshRole("builders"), adminBase);
  const dialog = await addGrant(page);
  await dialog.getByText("A type of resource").click();
  await dialog.getByRole("combobox", { name: "Type of resource" }).selectOption("catalog-entity");
  await dialog.getByText("Only some").click();
  await dialog.getByRole("combobox", { name: "Choose a rule" }).selectOption("IS_ENTITY_OWNER");
  const claims = dialog.getByRole("combobox", { name: "Claims" });
  await claims.click();
  await page.getByRole("option", { name: /\$ownerRefs/ }).click();
  await dialog.getByRole("button", { name: "Or…" }).click();
  await dialog.getByRole("button", { name: "Apply" }).click();
  await dialog.getByText("This is needed.").waitFor();
  await checkAccessibility(page);
  const second = dialog.getByRole("region", { name: "Rule HAS_ANNOTATION" });
  await second.getByRole("combobox", { name: "Rule" }).selectOption("HAS_SPEC");
  const third = dialog.getByRole("region", { name: "Rule HAS_SPEC" });
  await third.getByRole("textbox", { name: "Key" }).fill("type");
  await third.getByRole("textbox", { name: "Value" }).fill("service");
  await third.getByRole("button", { name: "Not" }).click();

  await dialog.getByText("JSON", { exact: true }).click();
  const json = dialog.getByRole("textbox", { name: "Condition" });
  assert.deepEqual(JSON.parse(await json.inputValue()), {
    anyOf: [
      { rule: "IS_ENTITY_OWNER", params: { claims: ["$ownerRefs"] } },
      { not: { rule: "HAS_SPEC", params: { key: "type", value: "service" } } },
    ],
  });
  await json.fill('{ "anyOf": [] }');
  await dialog.getByText("anyOf needs at least one condition", { exact: false }).waitFor();
  // What only the server knows: this is no reference.
  await json.fill('{ "anyOf": [{ "rule": "IS_ENTITY_OWNER", "params": { "claims": ["a:b:c"] } }] }');
  await dialog.getByText("Builder", { exact: true }).click();
  await dialog.getByRole("button", { name: "Apply" }).click();
  await dialog.getByRole("region", { name: "Rule IS_ENTITY_OWNER" }).getByText("a:b:c", { exact: false }).nth(1).waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
});

browserTest("what is not saved is not lost by a click", { token: admin }, async (page) => {
  await open(page, await freshRole("drafts"), adminBase);
  await page.getByRole("checkbox", { name: "Everyone has it" }).check();
  await page.getByText("1 change is not saved").waitFor();
  await page.getByRole("navigation", { name: "Main" }).first().getByRole("link", { name: "Catalog" }).click();
  const question = page.getByRole("dialog", { name: "Leave without saving?" });
  await question.getByRole("button", { name: "Cancel" }).click();
  assert.equal(address(page), "/admin/roles/drafts");
  await page.getByRole("button", { name: "Discard" }).click();
  await page.getByRole("navigation", { name: "Main" }).first().getByRole("link", { name: "Catalog" }).click();
  await page.getByRole("heading", { level: 1, name: "Catalog" }).waitFor();
});

browserTest("what somebody else changes meanwhile is kept, and seen before one's own is saved", { token: admin }, async (page) => {
  const members = ["user:default/aiko.tanaka", "group:default/booking"];
  const update = (input) => ask(`mutation($input: UpdateRoleInput!) { updateRole(input: $input) { role { members } } }`, { input: { name: "shared", ...input } });
  await open(page, await freshRole("shared", { members }), adminBase);
  await pick(page, page.getByRole("combobox", { name: "Add a user or a group" }), "lantern", /group:default\/lantern/);
  await page.getByText("1 change is not saved").waitFor();

  await update({ members: ["group:default/booking"], description: "Changed meanwhile" });
  await page.getByRole("button", { name: "Review changes" }).click();
  const review = page.getByRole("dialog", { name: "Review changes of shared" });
  await review.getByText("Add: group:default/lantern", { exact: false }).or(review.getByText("Add group:default/lantern")).waitFor();
  await settled(page);
  await review.getByRole("button", { name: "Save" }).click();
  await review.getByRole("alert").first().waitFor();
  await settled(page);
  assert.deepEqual(await review.getByRole("listitem").allTextContents(), ["Add group:default/lantern"]);
  await checkAccessibility(page);
  await review.getByRole("button", { name: "Back" }).click();
  await page.getByText("Somebody else has changed this role meanwhile.", { exact: false }).waitFor();
  await page.getByText("Changed meanwhile").waitFor();
  assert.equal(await page.getByText("Aiko Tanaka").count(), 0, "whom they took out stays out");
  await page.getByRole("button", { name: "Review changes" }).click();
  await review.getByRole("button", { name: "Save" }).click();
  await page.getByText("The role shared was saved.").waitFor();
  const { role } = await ask('{ role(name: "shared") { members description } }');
  assert.deepEqual(role, { members: ["group:default/booking", "group:default/lantern"], description: "Changed meanwhile" });
});

browserTest("the keyboard goes on where a member was taken out", { token: admin }, async (page) => {
  await open(page, await freshRole("leavers", { members: ["user:default/aiko.tanaka", "group:default/booking"] }), adminBase);
  await page.getByRole("button", { name: "Remove Aiko Tanaka" }).press("Enter");
  await eventually(async () => {
    const label = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
    assert.match(label ?? "", /^Remove /);
  });
  await page.keyboard.press("Enter");
  await page.getByText("Nobody has this role yet.").waitFor();
  await eventually(async () => assert.notEqual(await page.evaluate(() => document.activeElement.tagName), "BODY"));
});

browserTest("no condition is lost where it cannot be edited", { token: admin }, async (page) => {
  const path = await freshRole("narrow");
  await ask(`mutation($input: GrantPermissionInput!) { grantPermission(input: $input) { role { name } } }`, {
    input: { role: "narrow", permission: "catalog.entity.read", when: { rule: "IS_ENTITY_KIND", params: { kinds: ["API"] } } },
  });
  let isMissing = true;
  await page.route("**/graphql", async (route) => {
    if (!isMissing || !route.request().postData().includes("conditionRules")) return route.continue();
    const response = await route.fetch();
    const { data } = await response.json();
    const errors = [{ message: "the subgraph did not answer", path: ["conditionRules"], extensions: { code: "UNAVAILABLE" } }];
    return route.fulfill({ response, json: { data: { ...data, conditionRules: null }, errors } });
  });
  await open(page, path, adminBase);
  await page.getByRole("button", { name: /^Edit: / }).click();
  const dialog = page.getByRole("dialog", { name: "Edit the grant" });
  await dialog.getByRole("heading", { name: "What can be granted could not be loaded" }).waitFor();
  isMissing = false;
  await dialog.getByRole("button", { name: "Try again" }).click();
  await dialog.getByText("Allow catalog.entity.read when the kind is API").waitFor();

  // Text that cannot be read does not stay in the way of another choice.
  await dialog.getByText("JSON", { exact: true }).click();
  await dialog.getByRole("textbox", { name: "Condition" }).fill("{ nonsense");
  await dialog.getByText("All of them").click();
  await dialog.getByRole("button", { name: "Apply" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByText("1 change is not saved").or(page.getByText("2 changes are not saved")).waitFor();
});

browserTest("a name that will not do is told where it is typed", { token: admin }, async (page) => {
  await open(page, await freshRole("well-named"), adminBase);
  await page.getByRole("button", { name: "Edit details" }).click();
  const details = page.getByRole("dialog", { name: "Details of the role" });
  await details.getByRole("textbox", { name: "Name" }).fill("not! good?");
  await details.getByRole("button", { name: "Apply" }).click();
  await details.getByText("Must be 1 to 100 letters", { exact: false }).waitFor();
});

browserTest("a role is renamed and deleted, and what that takes is shown first", { token: admin }, async (page) => {
  await open(page, await freshRole("short-lived"), adminBase);
  await page.getByRole("button", { name: "Edit details" }).click();
  const details = page.getByRole("dialog", { name: "Details of the role" });
  await details.getByRole("textbox", { name: "Name" }).fill("shorter-lived");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Review changes" }).click();
  await page.getByRole("dialog").getByText("Nobody gains or loses anything by this.").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await page.waitForURL("**/admin/roles/shorter-lived");
  await page.getByRole("button", { name: "Delete" }).click();
  const question = page.getByRole("dialog", { name: "Delete shorter-lived?" });
  await question.getByText("Nobody gains or loses anything by this.").waitFor();
  await question.getByRole("button", { name: "Delete" }).click();
  await page.waitForURL("**/admin/roles");
  assert.equal(await page.getByRole("link", { name: "shorter-lived" }).count(), 0);
});

browserTest("a role of the config is shown, and cannot be changed", { token: admin }, async (page) => {
  await open(page, "/admin/roles/admins", adminBase);
  await page.getByText("This role is in the config file", { exact: false }).waitFor();
  for (const name of ["Add a grant", "Edit details", "Delete"]) {
    assert.equal(await page.getByRole("button", { name }).count(), 0, name);
  }
});

browserTest("files are imported after a look at what would come of it", { token: admin }, async (page) => {
  await open(page, "/admin/role-files", adminBase);
  const csv = ["p, role:default/imported, catalog.entity.read, read, allow", "x, nonsense", "g, user:default/aiko.tanaka, role:default/imported"];
  await page.getByRole("textbox", { name: "Policy file (CSV)" }).fill(csv.join("\n"));
  // What is edited while it is looked at is not what was looked at.
  let go;
  const isDue = new Promise((resolve) => (go = resolve));
  await page.route("**/graphql", (route) => isDue.then(() => route.continue()));
  await page.getByRole("button", { name: "Check" }).click();
  await page.getByRole("textbox", { name: "Policy file (CSV)" }).press("End");
  await page.keyboard.type(" ");
  go();
  await settled(page);
  await page.unroute("**/graphql");
  assert.ok(await page.getByRole("button", { name: "Import", exact: true }).isDisabled());
  await page.getByRole("button", { name: "Check" }).click();
  const outcome = page.getByRole("region", { name: "What would come of it" });
  await outcome.getByRole("row", { name: /Line 2/ }).waitFor();
  await settled(page);
  await checkAccessibility(page);
  const { role } = await ask('{ role(name: "imported") { name } }');
  assert.equal(role, null, "nothing is stored yet");
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.getByRole("region", { name: "What came of it" }).getByRole("link", { name: "imported" }).click();
  await page.getByRole("heading", { level: 1, name: "imported" }).waitFor();
  await page.getByText("Aiko Tanaka").waitFor();
});

browserTest("the audit log tells who did what, narrowed by the address, and leaves as a file", { token: admin }, async (page) => {
  await freshRole("audited", { description: "To be found again" });
  await open(page, "/admin/audit?action=createRole&target=audited&range=hour", adminBase);
  await page.getByText("1 event", { exact: true }).waitFor();
  await page.getByRole("button", { name: "createRole", exact: true }).click();
  await page.getByText("What was different afterwards").waitFor();
  await page.getByText("To be found again", { exact: false }).waitFor();
  await settled(page);
  await checkAccessibility(page);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Export JSON lines" }).click()]);
  assert.equal(download.suggestedFilename(), "audit-events.jsonl");
  const lines = (await (await download.createReadStream()).toArray()).join("").trim().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(lines.map(({ action, target }) => [action, target]), [["createRole", "audited"]]);
  await page.getByRole("combobox", { name: "Outcome" }).selectOption("DENIED");
  await page.waitForURL("**/admin/audit?action=createRole&outcome=DENIED&target=audited&range=hour");
  await page.getByRole("heading", { name: "Nothing matches" }).waitFor();
  // The cursor of an event that is the last one there is.
  const last = await ask('{ auditEvents(first: 1, filter: { target: "audited", action: ["createRole"] }) { pageInfo { endCursor } } }');
  await open(page, `/admin/audit?action=createRole&target=audited&after=${encodeURIComponent(last.auditEvents.pageInfo.endCursor)}`, adminBase);
  await page.getByRole("heading", { name: "No older events" }).waitFor();
  await page.getByRole("link", { name: "Newest" }).click();
  await page.getByRole("button", { name: "createRole", exact: true }).waitFor();
});

browserTest("who may do nothing there finds no way in, and is told why", { token: reader }, async (page) => {
  await open(page, "/catalog", adminBase);
  assert.equal(await page.getByRole("link", { name: "Admin", exact: true }).count(), 0);
  await open(page, "/admin/audit", adminBase);
  await page.getByRole("heading", { name: "You may not see this" }).waitFor();
  await checkAccessibility(page);
  await page.getByRole("link", { name: "Why, and what would change it" }).click();
  await page.getByRole("heading", { name: "Denied" }).waitFor();
  const sections = page.getByRole("navigation", { name: "Administration" }).getByRole("link");
  assert.deepEqual(await sections.allTextContents(), ["Explain"]);

  // A role of the database that would help is told, to whoever asks, but leads nowhere for who may not change it.
  await freshRole("given to aiko", { members: ["user:default/aiko.tanaka"] });
  await open(page, "/admin/explain?subject=user:default/aiko.tanaka&permission=audit.event.read", adminBase);
  await page.getByText("Grant audit.event.read to role given to aiko.").waitFor();
  await settled(page);
  for (const name of ["Grant this…", "Give this role…", "Create a role…", "Open the role", "given to aiko"]) {
    assert.equal(await page.getByRole("link", { name }).count(), 0, name);
  }
});

browserTest("what could not be decided is not told as a refusal", { token: admin }, async (page) => {
  let isMissing = true;
  await page.route("**/graphql", async (route) => {
    if (!isMissing || !route.request().postData().includes("query Permissions")) return route.continue();
    const response = await route.fetch();
    const { data } = await response.json();
    const viewer = Object.fromEntries(Object.keys(data.viewer).map((key) => [key, null]));
    const errors = [{ message: "the subgraph did not answer", path: ["viewer"], extensions: { code: "UNAVAILABLE" } }];
    return route.fulfill({ response, json: { data: { viewer }, errors } });
  });
  await open(page, "/admin/roles", adminBase);
  await page.getByRole("link", { name: "admins" }).waitFor();
  assert.equal(await page.getByRole("heading", { name: "You may not see this" }).count(), 0);
  isMissing = false;
  await page.reload();
  await page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: "Roles", exact: true }).waitFor();
});

browserTest("who may change some roles is offered those, and no import", { token: reader }, async (page) => {
  await freshRole("caretakers", { members: ["user:default/aiko.tanaka"] });
  for (const permission of ["policy.entity.read", "policy.entity.create", "policy.entity.update"]) {
    await ask(`mutation($input: GrantPermissionInput!) { grantPermission(input: $input) { role { name } } }`, {
      input: { role: "caretakers", permission, when: { rule: "IS_OWNER", params: { owners: ["$ownerRefs"] } } },
    });
  }
  await freshRole("owned by aiko", { members: ["user:default/aiko.tanaka"], owner: "user:default/aiko.tanaka" });
  await open(page, "/admin/role-files", adminBase);
  await page.getByText("Importing takes the permissions to create and to change any role, not only some.").waitFor();
  await open(page, "/admin/explain?subject=user:default/aiko.tanaka&permission=audit.event.read", adminBase);
  const remedy = (text) => page.getByRole("region", { name: "What would change it" }).getByRole("listitem").filter({ hasText: text });
  await remedy("to role owned by aiko").getByRole("link", { name: "Grant this…" }).waitFor();
  assert.equal(await remedy("to role caretakers").getByRole("link").count(), 0);
  await ask('mutation { deleteRole(input: { name: "caretakers" }) { deletedName } }');
});

browserTest("an admin sees and revokes the tokens of services", { token: admin }, async (page) => {
  await open(page, "/admin/tokens", adminBase);
  await page.getByRole("button", { name: "Create a token for a service" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Create a token for a service" });
  await dialog.getByRole("textbox", { name: "Service" }).fill("nightly");
  await dialog.getByRole("textbox", { name: "Name" }).fill("nightly report");
  await dialog.getByRole("button", { name: "Create a token" }).click();
  await dialog.getByText("Name at least one permission.").waitFor();
  await pick(page, dialog.getByRole("combobox", { name: "Permissions" }), "catalog.entity.read", /catalog\.entity\.read/);
  await dialog.getByRole("button", { name: "Create a token" }).click();
  const shown = page.getByRole("dialog", { name: "Copy the token now" });
  const token = await shown.getByRole("textbox", { name: "Token" }).inputValue();
  const who = () => query("{ viewer { ref } }", {}, { origin: adminBase, token });
  assert.equal((await who()).viewer.ref, "service:default/nightly");
  await shown.getByRole("button", { name: "I have copied it" }).click();
  await page.getByRole("button", { name: "Revoke: nightly report of service:default/nightly" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await page.getByText("The token nightly report was revoked.").waitFor();
  await assert.rejects(who, /UNAUTHENTICATED/);
});

const pages = {
  roles: "/admin/roles",
  "a role": "/admin/roles/admins",
  "a role to be edited": await freshRole("looked-at", { members: ["group:default/booking"], owner: "group:default/lantern" }),
  "nothing explained yet": "/admin/explain",
  "an explanation": "/admin/explain?subject=user:default/maren.dahl&permission=catalog.entity.read&resource=system:default/booking",
  "role files": "/admin/role-files",
  "the audit log": "/admin/audit",
  "the audit log of a time": "/admin/audit?since=2026-01-01T00:00:00Z",
  sessions: "/admin/sessions",
  tokens: "/admin/tokens",
  "the index of the search": "/admin/search",
};

for (const [name, path] of Object.entries(pages)) {
  browserTest(`${name}: accessible, light and dark, and fits a phone`, { token: admin }, async (page) => {
    await open(page, path, adminBase);
    await checkAccessibility(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await checkAccessibility(page);
    await page.setViewportSize({ width: 360, height: 700 });
    await checkWidth(page);
    await checkAccessibility(page);
  });
}
