import { expect, test } from "vitest";
import { conditionWords } from "./words.ts";

const owned = { rule: "IS_ENTITY_OWNER", params: { claims: ["$ownerRefs", "group:default/shop"] } };
const apis = { rule: "IS_ENTITY_KIND", params: { kinds: ["API"] } };

test("rules that are known are told in words", () => {
  expect(conditionWords(owned)).toBe("owned by `$ownerRefs` or `group:default/shop`");
  expect(conditionWords(apis)).toBe("of kind `API`");
  expect(conditionWords({ rule: "HAS_SPEC", params: { key: "lifecycle", value: "production" } })).toBe(
    "with `spec.lifecycle` = `production`",
  );
  expect(conditionWords({ rule: "HAS_ANNOTATION", params: { annotation: "a/b" } })).toBe("with the annotation `a/b`");
});

test("a rule of somebody else's is told by its name", () => {
  expect(conditionWords({ rule: "IS_FRESH", params: { days: 3, of: ["a", "b"] } })).toBe(
    "`IS_FRESH` (days: `3`, of: `a` or `b`)",
  );
  expect(conditionWords({ rule: "IS_FRESH" })).toBe("`IS_FRESH`");
});

test("groups read as they count", () => {
  expect(conditionWords({ allOf: [owned, { not: apis }] })).toBe(
    "owned by `$ownerRefs` or `group:default/shop` and not of kind `API`",
  );
  expect(conditionWords({ anyOf: [apis, { allOf: [apis, apis] }] })).toBe(
    "of kind `API` or (of kind `API` and of kind `API`)",
  );
  expect(conditionWords({ not: { anyOf: [apis, apis] } })).toBe("not (of kind `API` or of kind `API`)");
});

test("what has yet to be said shows as such, and nonsense as it is", () => {
  expect(conditionWords({ rule: "IS_ENTITY_KIND", params: {} })).toBe("of kind …");
  expect(conditionWords({ role: "`x`" })).toBe('`{"role":"\'x\'"}`');
});
