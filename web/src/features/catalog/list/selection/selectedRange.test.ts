import { expect, test } from "vitest";
import { selectedRange } from "./selectedRange.ts";

const rows = ["a", "b", "c", "d"].map((ref) => ({ ref }));
const refs = (from: string | null, to: string) => selectedRange(rows, from, to).map(({ ref }) => ref);

test("a stretch goes up as well as down, both ends included", () => {
  expect(refs("b", "d")).toEqual(["b", "c", "d"]);
  expect(refs("c", "a")).toEqual(["a", "b", "c"]);
});

test("without a row to begin at there is only the other end", () => {
  expect(refs(null, "c")).toEqual(["c"]);
  expect(refs("gone", "c")).toEqual(["c"]);
  expect(refs("a", "gone")).toEqual([]);
});
