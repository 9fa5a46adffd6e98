import { expect, test } from "vitest";
import { distinctPairs, spanningForest } from "./spanning.ts";

const link = (source: string, target: string) => ({ source, target });

test("of several links between two one is left, and none from anything to itself", () => {
  expect(distinctPairs([link("a", "b"), link("b", "a"), link("a", "b"), link("a", "a"), link("b", "c")])).toEqual([
    link("a", "b"),
    link("b", "c"),
  ]);
});

test("a forest holds together what hangs together, by the shortest ways from what comes first", () => {
  const links = [link("root", "a"), link("b", "root"), link("a", "b"), link("b", "c"), link("x", "y")];
  expect(spanningForest(["root", "a", "b", "c", "x", "y"], links)).toEqual([
    link("root", "a"),
    link("b", "root"),
    link("b", "c"),
    link("x", "y"),
  ]);
});
