import { expect, test } from "vitest";
import { rowsInSight } from "./rowsInSight.ts";

test("only the rows in sight are drawn, with some to spare", () => {
  expect(rowsInSight(2000, 30, { top: 0, height: 600 })).toEqual({ first: 0, last: 32 });
  expect(rowsInSight(2000, 30, { top: 30_000, height: 600 })).toEqual({ first: 988, last: 1032 });
  expect(rowsInSight(2000, 30, { top: 59_400, height: 600 })).toEqual({ first: 1968, last: 2000 });
});

test("a list that became shorter than it is scrolled draws no row that is not there", () => {
  expect(rowsInSight(3, 30, { top: 9000, height: 600 })).toEqual({ first: 3, last: 3 });
  expect(rowsInSight(0, 30, { top: 0, height: 600 })).toEqual({ first: 0, last: 0 });
});
