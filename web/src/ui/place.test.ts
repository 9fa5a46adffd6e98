import { expect, test } from "vitest";
import { place } from "./place.ts";

const view = { width: 375, height: 600 };
const box = { width: 320, height: 100 };
const anchorAt = (left: number, top: number) => ({ left, top, right: left + 60, bottom: top + 20 });

test("a box goes under its anchor", () => {
  expect(place(anchorAt(10, 100), box, view)).toEqual({ left: 10, top: 126 });
});

test("without room below it goes above", () => {
  expect(place(anchorAt(10, 560), box, view).top).toBe(454);
});

test("it never leaves the window at the sides", () => {
  expect(place(anchorAt(300, 100), box, view).left).toBe(47);
  expect(place(anchorAt(0, 100), box, view, "end").left).toBe(8);
});
