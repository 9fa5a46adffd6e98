import { expect, test } from "vitest";
import { chunksOf, nextStep, rowBefore, rowsInSight } from "./positions.ts";

/** Walks a list whose cursors are the rows' numbers, and counts the steps. */
function walk(row: number, count: number, known: Map<number, string> = new Map()): number {
  let steps = 0;
  for (let step = nextStep(known, row, count); step; step = nextStep(known, row, count)) {
    const start = step.direction === "forward" ? Number(step.cursor ?? -1) : Number(step.cursor ?? count);
    const end = step.direction === "forward" ? start + step.count : start - step.count;
    expect(end).toBe(step.reaches);
    expect(step.count).toBeLessThanOrEqual(500);
    known.set(step.reaches, String(step.reaches));
    steps += 1;
    if (steps > 1000) throw new Error("it does not arrive");
  }
  expect(known.has(row)).toBe(true);
  return steps;
}

test("any row is reached, from whichever end, or known row, is nearest", () => {
  expect(walk(49, 100_000)).toBe(1);
  expect(walk(99_949, 100_000)).toBe(1);
  expect(walk(49_999, 100_000)).toBe(100);
  const known = new Map([[30_000, "30000"]]);
  expect(walk(30_549, 100_000, known)).toBe(2);
  expect(walk(29_999, 100_000, known)).toBe(1);
});

test("what is known, or not there, takes no step", () => {
  expect(nextStep(new Map([[7, "7"]]), 7, 10)).toBeNull();
  expect(nextStep(new Map(), -1, 10)).toBeNull();
  expect(nextStep(new Map(), 10, 10)).toBeNull();
});

test("chunks cover the rows in sight", () => {
  expect(chunksOf(0, 50)).toEqual([0]);
  expect(chunksOf(49, 101)).toEqual([0, 1, 2]);
  expect(chunksOf(10, 10)).toEqual([0]);
  expect([rowBefore(0), rowBefore(2)]).toEqual([-1, 99]);
});

test("rows in sight are those of the window, and a few more", () => {
  const list = { height: 900, rowHeight: 36, count: 1000 };
  expect(rowsInSight({ ...list, top: 200 }, 10)).toEqual({ from: 0, to: 29 });
  expect(rowsInSight({ ...list, top: -3600 }, 10)).toEqual({ from: 90, to: 135 });
  expect(rowsInSight({ ...list, top: -36_000 }, 10)).toEqual({ from: 990, to: 1000 });
  expect(rowsInSight({ ...list, top: -360_000 }, 10)).toEqual({ from: 999, to: 1000 });
});
