import { expect, test } from "vitest";
import { chunkOf, chunksOf, destination, rowsInSight, rowsToDraw } from "./chunks.ts";

test("chunks cover the rows in sight", () => {
  expect(chunksOf({ from: 0, to: 50 })).toEqual([0]);
  expect(chunksOf({ from: 49, to: 101 })).toEqual([0, 1, 2]);
  expect(chunksOf({ from: 10, to: 10 })).toEqual([0]);
  expect([chunkOf(0), chunkOf(49), chunkOf(50)]).toEqual([0, 0, 1]);
});

test("rows in sight are those of the window and a few more, wherever one is in a list of any length", () => {
  const size = { height: 900, rowHeight: 36 };
  for (const count of [0, 1, 24, 1203, 100_000]) {
    for (let top = 300; top > -(count * 36) - 2000; top -= 997) {
      const { from, to } = rowsInSight({ ...size, top }, count);
      expect(from).toBeGreaterThanOrEqual(0);
      expect(to).toBeLessThanOrEqual(count);
      expect(to - from).toBeLessThanOrEqual(65);
      const [first, last] = [Math.floor(-top / 36), Math.ceil((900 - top) / 36)];
      for (const row of [first, last - 1]) {
        if (row >= 0 && row < count) expect(from <= row && row < to).toBe(true);
      }
    }
  }
});

test("a turn of the wheel by one row draws nothing anew", () => {
  const size = { height: 900, rowHeight: 36 };
  const at = (top: number) => rowsInSight({ ...size, top }, 1000);
  expect(at(-3600)).toEqual(at(-3636));
  expect(at(-3600)).not.toEqual(at(-4000));
});

test("the row that the keyboard is on stays, however far away it is, and only while there is one", () => {
  expect(rowsToDraw({ from: 3, to: 6 }, [], 100)).toEqual([3, 4, 5]);
  expect(rowsToDraw({ from: 3, to: 6 }, [4, 90, 0], 100)).toEqual([0, 3, 4, 5, 90]);
  expect(rowsToDraw({ from: 3, to: 6 }, [90, 90], 50)).toEqual([3, 4, 5]);
});

test("keys walk the rows, by one, by a page and to the ends, and no further", () => {
  expect(destination("ArrowDown", 3, 10, 5)).toBe(4);
  expect(destination("k", 0, 10, 5)).toBe(0);
  expect(destination("PageDown", 3, 10, 5)).toBe(8);
  expect(destination("PageDown", 7, 10, 5)).toBe(9);
  expect(destination("Home", 7, 10, 5)).toBe(0);
  expect(destination("End", 7, 100_000, 5)).toBe(99_999);
  expect(destination("x", 7, 10, 5)).toBeUndefined();
});
