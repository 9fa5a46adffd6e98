import { expect, test } from "vitest";
import { grantWords } from "./words.ts";

test("a grant reads as a sentence", () => {
  const when = { rule: "IS_ENTITY_OWNER", params: { claims: ["$ownerRefs"] } };
  expect(grantWords({ permission: "catalog.entity.read", action: null, effect: "ALLOW", when })).toBe(
    "Allow `catalog.entity.read` when the owner is `$ownerRefs`",
  );
  expect(grantWords({ permission: "catalog-entity", action: "DELETE", effect: "DENY", when: null })).toBe(
    "Deny every `delete` of `catalog-entity`",
  );
  expect(grantWords({ permission: "*", action: null, effect: "ALLOW", when: undefined })).toBe("Allow everything");
});
