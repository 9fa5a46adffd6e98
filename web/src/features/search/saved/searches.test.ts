import { expect, test } from "vitest";
import { readKept, readRecent, withKept, withoutKept, withRecent } from "./searches.ts";

test("a search is kept under its name, without the page of its results", () => {
  const kept = withKept([], "Runbooks", { text: "runbook", after: "here" });
  expect(kept).toEqual([{ name: "Runbooks", place: { text: "runbook" } }]);
  expect(withKept(kept, "runbooks", { type: "techdocs" })).toEqual([{ name: "runbooks", place: { type: "techdocs" } }]);
  expect(withoutKept(kept, "RUNBOOKS")).toEqual([]);
});

test("whatever else was kept is no search", () => {
  expect(readKept([null, 3, { name: "" }, { name: "a", place: 1 }, { name: "b", place: { text: "x", z: 1 } }])).toEqual(
    [{ name: "b", place: { text: "x" } }],
  );
  expect(readKept("x")).toEqual([]);
  expect(readRecent([1, "a", " "])).toEqual(["a"]);
});

test("the last text comes first, without what one typed on the way to it", () => {
  expect(withRecent(["dep", "billing"], "deploy")).toEqual(["deploy", "billing"]);
  expect(withRecent(["deploy", "billing"], "billing")).toEqual(["billing", "deploy"]);
  const long = Array.from({ length: 10 }, (_, number) => `text ${number}`);
  expect(withRecent(long, "one more")).toHaveLength(10);
});
