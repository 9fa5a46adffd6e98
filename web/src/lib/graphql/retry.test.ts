import { expect, test } from "vitest";
import { pauseBefore } from "./retry.ts";

test("pauses double up to half a minute", () => {
  const pauses = [0, 1, 2, 5, 6, 50].map((attempt) => pauseBefore(attempt, () => 1));
  expect(pauses).toEqual([500, 1000, 2000, 16_000, 30_000, 30_000]);
});

test("a pause is at least half of what it may be", () => {
  expect(pauseBefore(2, () => 0)).toBe(1000);
});
