import { expect, test } from "vitest";
import { initialLayout, type Layout, moved, readLayout, resized, withoutWidget, withWidget } from "./layout.ts";

const layout: Layout = [
  { id: "a", width: 1 },
  { id: "b", width: 2 },
  { id: "c", width: 1 },
];
const order = (one: Layout) => one.map(({ id }) => id).join("");

test("a home page that nobody arranged has what features put on it, in their order", () => {
  const widgets = [{ id: "late", initial: 20 }, { id: "optional" }, { id: "early", initial: 10, width: 2 as const }];
  expect(initialLayout(widgets, false)).toEqual([
    { id: "early", width: 2 },
    { id: "late", width: 1 },
  ]);
});

test("the home page of a stranger is without what is about its reader", () => {
  const widgets = [
    { id: "mine", initial: 10, isPersonal: true },
    { id: "everybody's", initial: 20 },
  ];
  expect(order(initialLayout(widgets, true))).toBe("everybody's");
  expect(order(initialLayout(widgets, false))).toBe("mineeverybody's");
});

test("whatever else was kept is read as far as it makes sense", () => {
  expect(readLayout(null)).toBeNull();
  expect(readLayout({ widgets: [] })).toBeNull();
  expect(readLayout([])).toEqual([]);
  expect(
    readLayout([{ id: "a", width: 7 }, null, "b", { id: "" }, { id: "c", width: 2 }, { id: "a", width: 2 }]),
  ).toEqual([
    { id: "a", width: 1 },
    { id: "c", width: 2 },
  ]);
  expect(readLayout(Array.from({ length: 80 }, (_, position) => ({ id: `w${position}` })))).toHaveLength(50);
});

test("a box takes the place of another, whichever way it moves", () => {
  expect(order(moved(layout, "a", "c"))).toBe("bca");
  expect(order(moved(layout, "c", "a"))).toBe("cab");
  expect(order(moved(layout, "a", "b"))).toBe("bac");
  expect(moved(layout, "a", "a")).toBe(layout);
  expect(moved(layout, "a", "gone")).toBe(layout);
  expect(moved(layout, "gone", "a")).toBe(layout);
});

test("boxes come once, go and change their width", () => {
  expect(order(withWidget(layout, "d"))).toBe("abcd");
  expect(withWidget(layout, "a")).toBe(layout);
  expect(order(withoutWidget(layout, "b"))).toBe("ac");
  expect(resized(layout, "b")[1]).toEqual({ id: "b", width: 1 });
});
