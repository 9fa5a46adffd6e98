import { expect, test } from "vitest";
import { added, readRecents } from "./recentList.ts";

const entity = (name: string, displayName = name) => ({
  ref: `component:default/${name}`,
  kind: "Component",
  displayName,
});

test("what is visited again comes first, once, under its present name", () => {
  const list = [entity("a"), entity("b"), entity("c")];
  expect(added(list, entity("b", "Bee"))).toEqual([entity("b", "Bee"), entity("a"), entity("c")]);
  expect(added(list, entity("a"))).toBe(list);
});

test("twenty are remembered", () => {
  const list = Array.from({ length: 20 }, (_, position) => entity(`n${position}`));
  const after = added(list, entity("new"));
  expect([after.length, after[0]?.ref, after.at(-1)?.ref]).toEqual([
    20,
    "component:default/new",
    "component:default/n18",
  ]);
});

test("whatever else was kept is no list", () => {
  expect(readRecents(null)).toEqual([]);
  expect(readRecents("{")).toEqual([]);
  expect(readRecents({ ref: 1 })).toEqual([]);
  expect(readRecents([entity("a"), null, { ref: "x" }, 7])).toEqual([entity("a")]);
});
