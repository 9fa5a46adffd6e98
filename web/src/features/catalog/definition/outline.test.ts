import { expect, test } from "vitest";
import { countItems, hasItem, narrowed } from "./outline.ts";

const groups = [
  {
    title: "pets",
    items: [
      { id: "GET /pets", label: "/pets", badge: "GET", hint: "All of them" },
      { id: "POST /pets", label: "/pets", badge: "POST" },
    ],
  },
  { section: "schemas" as const, items: [{ id: "schema Pet", label: "Pet" }] },
];

test("every word must be there, in whatever part and case", () => {
  expect(narrowed(groups, "get PETS").map(({ items }) => items.map(({ id }) => id))).toEqual([["GET /pets"]]);
  expect(narrowed(groups, "them")).toHaveLength(1);
  expect(narrowed(groups, "pet")).toHaveLength(2);
  expect(narrowed(groups, "cat")).toEqual([]);
  expect(narrowed(groups, "  ")).toEqual(groups);
});

test("items are counted and found", () => {
  expect(countItems(groups)).toBe(3);
  expect(hasItem(groups, "schema Pet")).toBe(true);
  expect(hasItem(groups, "schema Cat")).toBe(false);
});
