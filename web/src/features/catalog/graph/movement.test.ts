import { expect, test } from "vitest";
import { isMove, nextInDirection } from "./movement.ts";

const places = new Map([
  ["middle", { x: 300, y: 100 }],
  ["left", { x: 0, y: 100 }],
  ["right", { x: 600, y: 120 }],
  ["nearer, but aside", { x: 560, y: 400 }],
  ["above", { x: 310, y: 0 }],
]);

test("an arrow key leads to what lies next that way", () => {
  const next = (from: string, key: string) => nextInDirection(places, from, key);
  expect(next("middle", "ArrowRight")).toBe("right");
  expect(next("middle", "ArrowLeft")).toBe("left");
  expect(next("middle", "ArrowUp")).toBe("above");
  expect(next("right", "ArrowDown")).toBe("nearer, but aside");
  expect(next("left", "ArrowLeft")).toBeUndefined();
  expect(next("not there", "ArrowLeft")).toBeUndefined();
});

test("other keys lead nowhere", () => {
  expect(isMove("ArrowUp")).toBe(true);
  expect(isMove("Enter")).toBe(false);
  expect(isMove("constructor")).toBe(false);
});
