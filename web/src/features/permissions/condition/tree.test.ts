import { expect, test } from "vitest";
import { type ConditionNode, negated, newRule, readCondition, replaced, rulesOf, writeCondition } from "./tree.ts";

const owned = { rule: "IS_ENTITY_OWNER", params: { claims: ["$ownerRefs"] } };
const apis = { rule: "IS_ENTITY_KIND", resourceType: "catalog-entity", params: { kinds: ["API"] } };
const whole = { anyOf: [owned, { allOf: [apis, { not: owned }] }] };

function read(value: unknown): ConditionNode {
  const result = readCondition(value);
  if ("fault" in result) throw new Error(`${result.fault.path}: ${result.fault.message}`);
  return result.node;
}

function fault(value: unknown): string {
  const result = readCondition(value);
  return "fault" in result ? `${result.fault.path}: ${result.fault.message}` : "";
}

test("what was read is written the same", () => {
  for (const condition of [owned, apis, whole, { not: { not: owned } }, { allOf: [owned] }]) {
    expect(writeCondition(read(condition))).toEqual(condition);
  }
});

test("a rule without parameters has none", () => {
  expect(writeCondition(read({ rule: "ANY" }))).toEqual({ rule: "ANY", params: {} });
});

test("what is wrong is told with its place", () => {
  expect(fault([])).toBe(": A condition is an object with `rule`, `allOf`, `anyOf` or `not`.");
  expect(fault({ rule: "A", not: owned })).toBe(": Give exactly one of `rule`, `allOf`, `anyOf` and `not`.");
  expect(fault({ anyOf: [owned, { allOf: [{ role: "A" }] }] })).toBe(
    "anyOf.1.allOf.0: There is no `role` in a condition.",
  );
  expect(fault({ not: { rule: 1 } })).toBe("not.rule: `rule` is the name of a rule.");
  expect(fault({ allOf: [] })).toBe("allOf: `allOf` needs at least one condition.");
  expect(fault({ anyOf: owned })).toBe("anyOf: `anyOf` is a list of conditions.");
  expect(fault({ allOf: [owned], params: {} })).toBe("params: `params` belong to a `rule`.");
});

test("a part is replaced where it stands", () => {
  const tree = read(whole);
  const [, second] = rulesOf(tree);
  const changed = replaced(tree, second?.node.id ?? 0, newRule("OTHER"));
  expect(changed && writeCondition(changed)).toEqual({
    anyOf: [owned, { allOf: [{ rule: "OTHER", params: {} }, { not: owned }] }],
  });
});

test("a group goes with its last part", () => {
  const tree = read({ anyOf: [owned, { not: apis }] });
  const [, second] = rulesOf(tree);
  const changed = replaced(tree, second?.node.id ?? 0, null);
  expect(changed && writeCondition(changed)).toEqual({ anyOf: [owned] });
  expect(replaced(read({ not: owned }), rulesOf(read(owned))[0]?.node.id ?? 0, null)).not.toBeNull();
  const alone = read({ not: owned });
  expect(replaced(alone, rulesOf(alone)[0]?.node.id ?? 0, null)).toBeNull();
});

test("twice the opposite is the condition itself", () => {
  const node = read(owned);
  expect(writeCondition(negated(node))).toEqual({ not: owned });
  expect(writeCondition(negated(negated(node)))).toEqual(owned);
});

test("rules are told with the places that the server names", () => {
  expect(rulesOf(read(whole)).map(({ path }) => path)).toEqual(["anyOf.0", "anyOf.1.allOf.0", "anyOf.1.allOf.1.not"]);
});
