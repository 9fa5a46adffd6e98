import { expect, test } from "vitest";
import { foundItems, type PaletteItem, stepped, withoutRepeats } from "./items.ts";

const item = (id: string, more: Partial<PaletteItem> = {}): PaletteItem => ({
  id,
  title: id,
  icon: null,
  act: { target: { to: `/${id}` } },
  ...more,
});
const ids = (items: readonly PaletteItem[]) => items.map(({ id }) => id);

test("lines are found by their title, their detail and words that are not shown", () => {
  const items = [item("roles"), item("theme", { words: "dark" }), item("tokens", { detail: "dark secrets" })];
  expect(ids(foundItems(items, ["dark"], { most: 9 }))).toEqual(["theme", "tokens"]);
  expect(ids(foundItems(items, [], { most: 2 }))).toEqual(["roles", "theme"]);
});

test("among other things, a word that is not shown finds a line as a whole alone", () => {
  const items = [item("starred", { words: "favourites bookmarks" }), item("booking")];
  const among = { most: 9, isStrict: true };
  expect(ids(foundItems(items, ["book"], among))).toEqual(["booking"]);
  expect(ids(foundItems(items, ["bookmarks"], among))).toEqual(["starred"]);
  expect(ids(foundItems(items, ["book"], { most: 9 }))).toEqual(["booking", "starred"]);
});

test("a place stands in the first group that has it, and an empty group nowhere unless it failed", () => {
  const groups = withoutRepeats([
    { id: "recent", title: "Recent", items: [item("a")] },
    { id: "entities", title: "Entities", items: [item("a")] },
    { id: "docs", title: "Docs", items: [], failure: "The portal could not answer." },
    { id: "pages", title: "Pages", items: [item("b"), item("a")] },
  ]);
  expect(groups.map(({ id, items }) => [id, ids(items)])).toEqual([
    ["recent", ["a"]],
    ["docs", []],
    ["pages", ["b"]],
  ]);
});

test("the arrows go round and round, and begin anew where the active line is gone", () => {
  const items = [item("a"), item("b"), item("c")];
  expect(stepped(items, "c", 1)).toBe("a");
  expect(stepped(items, "a", -1)).toBe("c");
  expect(stepped(items, "gone", 1)).toBe("a");
  expect(stepped([], "a", 1)).toBeUndefined();
});
