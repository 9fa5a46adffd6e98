import { expect, test } from "vitest";
import { diffLines } from "./diffLines.ts";

const text = (before: unknown, after: unknown) =>
  diffLines(before, after)
    .map(({ sign, text }) => `${sign}${text}`)
    .join("|");

test("what both have is told once", () => {
  expect(text(["a", "b"], ["a", "c"])).toBe(' [|   "a",|-  "b"|+  "c"| ]');
});

test("what was not there, or is no more, is all new or all gone", () => {
  expect(text(null, "crew")).toBe("+crew");
  expect(text("crew", null)).toBe("-crew");
  expect(text(true, false)).toBe("-true|+false");
  expect(text("same", "same")).toBe(" same");
});
