import { expect, test } from "vitest";
import { conditionWords } from "./words.ts";

const owned = { rule: "IS_ENTITY_OWNER", params: { claims: ["$ownerRefs", "group:default/shop"] } };
const apis = { rule: "IS_ENTITY_KIND", params: { kinds: ["API"] } };

const produced = { rule: "HAS_SPEC", params: { key: "lifecycle", value: "production" } };

test("rules that are known are told in words", () => {
  expect(conditionWords(owned)).toBe("the owner is `$ownerRefs` or `group:default/shop`");
  expect(conditionWords(apis)).toBe("the kind is `API`");
  expect(conditionWords(produced)).toBe("`spec.lifecycle` is `production`");
  expect(conditionWords({ rule: "HAS_SPEC", params: { key: "lifecycle" } })).toBe("`spec.lifecycle` is there");
  expect(conditionWords({ rule: "HAS_ANNOTATION", params: { annotation: "a/b" } })).toBe(
    "the annotation `a/b` is there",
  );
});

test("a rule of somebody else's is told by its name", () => {
  expect(conditionWords({ rule: "IS_FRESH", params: { days: 3, of: ["a", "b"] } })).toBe(
    "the rule `IS_FRESH` holds (days: `3`, of: `a` or `b`)",
  );
  expect(conditionWords({ rule: "IS_FRESH" })).toBe("the rule `IS_FRESH` holds");
  expect(conditionWords({ not: { rule: "IS_FRESH" } })).toBe("the rule `IS_FRESH` does not hold");
});

test("groups read as they count", () => {
  expect(conditionWords({ allOf: [owned, { not: apis }] })).toBe(
    "the owner is `$ownerRefs` or `group:default/shop` and the kind is not `API`",
  );
  expect(conditionWords({ anyOf: [apis, { allOf: [apis, produced] }] })).toBe(
    "the kind is `API` or (the kind is `API` and `spec.lifecycle` is `production`)",
  );
  expect(conditionWords({ anyOf: [{ allOf: [apis] }, produced] })).toBe(
    "the kind is `API` or `spec.lifecycle` is `production`",
  );
});

test("what must not hold is said by the clause itself", () => {
  expect(conditionWords({ not: produced })).toBe("`spec.lifecycle` is not `production`");
  expect(conditionWords({ not: { not: apis } })).toBe("the kind is `API`");
  expect(conditionWords({ not: { anyOf: [apis, produced] } })).toBe(
    "none of (the kind is `API`, `spec.lifecycle` is `production`)",
  );
  expect(conditionWords({ not: { allOf: [apis, { not: produced }] } })).toBe(
    "not all of (the kind is `API`, `spec.lifecycle` is not `production`)",
  );
});

test("what has yet to be said shows as such, and nonsense as it is", () => {
  expect(conditionWords({ rule: "IS_ENTITY_KIND", params: {} })).toBe("the kind is …");
  expect(conditionWords({ role: "`x`" })).toBe('`{"role":"\'x\'"}`');
});
