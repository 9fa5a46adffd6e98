import { expect, test } from "vitest";
import { ranksOf } from "./ranks.ts";

const item = (ref: string, ...parentRefs: string[]) => ({ entity: { ref }, parentRefs });
const refs = (items: Parameters<typeof ranksOf>[0]) =>
  ranksOf(items).map((rank) => rank.map(({ entity }) => entity.ref));

test("a chain stands from its beginning down to the entity", () => {
  expect(refs([item("shop", "team"), item("team", "company"), item("company")])).toEqual([
    ["company"],
    ["team"],
    ["shop"],
  ]);
});

test("what emitted it over a longer way stands higher, and two of one rank beside one another", () => {
  expect(refs([item("shop", "near", "company"), item("near", "far"), item("company"), item("far", "company")])).toEqual(
    [["company"], ["far"], ["near"], ["shop"]],
  );
  expect(refs([item("shop", "one", "other"), item("one"), item("other")])).toEqual([["one", "other"], ["shop"]]);
});

test("locations that lead to one another are each there once", () => {
  const ranks = refs([item("shop", "one"), item("one", "other"), item("other", "one")]);
  expect(ranks.flat().toSorted()).toEqual(["one", "other", "shop"]);
  expect(ranks.at(-1)).toEqual(["shop"]);
});

test("a parent that may not be seen leaves the rest where it is", () => {
  expect(refs([item("shop", "hidden")])).toEqual([["shop"]]);
  expect(refs([])).toEqual([]);
});
