import { expect, test } from "vitest";
import { isColourable } from "./colourable.ts";

test("what people and tools write has colours", () => {
  expect(isColourable("")).toBe(true);
  expect(isColourable(`${"x".repeat(99)}\n`.repeat(2000))).toBe(true);
  expect(isColourable(`description: ${"word ".repeat(1000)}\n`)).toBe(true);
});

test("what would keep the page busy has none", () => {
  expect(isColourable(`${"x".repeat(99)}\n`.repeat(2001))).toBe(false);
  // Ten thousand letters take the grammar of GraphQL seconds.
  for (const piece of ["a", "a ", "\n", " \n"]) expect(isColourable(piece.repeat(10_000)), piece).toBe(false);
});
