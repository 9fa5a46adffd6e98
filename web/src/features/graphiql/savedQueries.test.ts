import { expect, test } from "vitest";
import { nameOfQuery, readSaved, withoutQuery, withQuery } from "./savedQueries.ts";

const one = { name: "one", query: "{ a }", variables: "" };

test("what was kept is read, whatever it is", () => {
  expect(
    readSaved([one, { name: "two", query: "{ b }" }, { name: "", query: "x" }, null, 3, { name: "no query" }]),
  ).toEqual([one, { name: "two", query: "{ b }", variables: "" }]);
  expect(readSaved(null)).toEqual([]);
  expect(readSaved({ name: "x" })).toEqual([]);
  expect(readSaved(Array.from({ length: 200 }, () => one))).toHaveLength(100);
});

test("a query of a name takes the place of the one before", () => {
  const two = { name: " One ", query: "{ b }", variables: "{}" };
  expect(withQuery([one], two)).toEqual([{ ...two, name: "One" }]);
  expect(withQuery([one], { ...two, name: "a" }).map(({ name }) => name)).toEqual(["a", "one"]);
  expect(withoutQuery([one], "one")).toEqual([]);
});

test("a query is called by its operation", () => {
  expect(nameOfQuery("# first\nquery Mine($a: Int) { a }")).toBe("Mine");
  expect(nameOfQuery("{ a }")).toBe("");
});
