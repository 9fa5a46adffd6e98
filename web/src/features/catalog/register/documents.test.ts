import { expect, test } from "vitest";
import { countActions, knownRefs } from "./documents.ts";

test("what happens is counted in the order that matters", () => {
  const documents = (["REFUSED", "CREATE", "CONFLICT", "CREATE"] as const).map((action) => ({ action }));
  expect(countActions(documents)).toEqual([
    { action: "CREATE", count: 2 },
    { action: "CONFLICT", count: 1 },
    { action: "REFUSED", count: 1 },
  ]);
  expect(countActions([])).toEqual([]);
});

test("what is new is known by nobody", () => {
  expect(
    knownRefs([
      { action: "CREATE", ref: "component:default/new" },
      { action: "UPDATE", ref: "component:default/till" },
      { action: "CONFLICT", ref: "component:default/cart" },
      { action: "CONFLICT", ref: "component:default/cart" },
      { action: "REFUSED", ref: null },
    ]),
  ).toEqual(["component:default/cart", "component:default/till"]);
});
