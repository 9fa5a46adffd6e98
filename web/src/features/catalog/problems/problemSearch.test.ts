import { expect, test } from "vitest";
import { changed, filterOf, isNarrowed, readProblemSearch } from "./problemSearch.ts";

test("an address is read whoever wrote it", () => {
  const search = readProblemSearch({ text: "shop", problem: "CONFLICT", mine: "true", after: "x" });
  expect(search).toEqual({ text: "shop", problem: "CONFLICT", mine: true, after: "x" });
  expect(readProblemSearch({ problem: "OTHER", mine: "no" })).toEqual({});
});

test("the server is told of what narrows only", () => {
  expect(filterOf({ after: "x" })).toEqual({});
  expect(filterOf({ text: "shop", problem: "ERROR", mine: true })).toEqual({
    text: "shop",
    kind: "ERROR",
    ownedByViewer: true,
  });
});

test("what is narrowed anew begins at its first page", () => {
  expect(changed({ mine: true, after: "x" }, { mine: undefined })).toEqual({});
  expect([isNarrowed({ after: "x" }), isNarrowed({ mine: true })]).toEqual([false, true]);
});
