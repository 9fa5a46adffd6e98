import { expect, test } from "vitest";
import { firstValueOf, formatUrlSearch, parseUrlSearch, valuesOf } from "./urlSearch.ts";

test("repeated keys become lists and are written back the same", () => {
  const text = "?kind=api&kind=system&owner=group:default/a&text=a%20%26%20b";
  expect(parseUrlSearch(text)).toEqual({ kind: ["api", "system"], owner: "group:default/a", text: "a & b" });
  expect(formatUrlSearch(parseUrlSearch(text))).toBe(text);
});

test("what is empty is left out", () => {
  expect(formatUrlSearch({ a: undefined, b: "", c: [], d: null, e: 0 })).toBe("?e=0");
  expect(formatUrlSearch({})).toBe("");
});

test("any value reads as a list without repetitions", () => {
  expect(valuesOf(["a", "a", "", 1, "b"])).toEqual(["a", "b"]);
  expect(valuesOf({ a: 1 })).toEqual([]);
  expect(firstValueOf(["x", "y"])).toBe("x");
});
