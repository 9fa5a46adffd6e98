import { expect, test } from "vitest";
import { fitness, fitting, stretches, wordsOf } from "./matching.ts";

test("words are what stands between spaces, once, in lower case", () => {
  expect(wordsOf("  Pet  store PET ")).toEqual(["pet", "store"]);
});

test("a word is marked where it starts one, and overlapping ones together", () => {
  expect(stretches("superset set", ["set"])).toEqual([[9, 12]]);
  expect(stretches("Petstore", ["store", "pets", "x"])).toEqual([[0, 8]]);
  expect(stretches("billing-api", ["api", "bill"])).toEqual([
    [0, 4],
    [8, 11],
  ]);
});

test("a text whose lower case is longer is not marked at all", () => {
  expect(stretches("İstanbul", ["stan"])).toEqual([]);
});

test("a title that is the word is best, then one that starts with it, then one with it in the middle", () => {
  const order = ["archive", "my-catalog", "Catalog graph", "catalog", "supercatalog"];
  const read = (title: string) => ({ title });
  expect(fitting(order, ["catalog"], read)).toEqual(["catalog", "Catalog graph", "my-catalog", "supercatalog"]);
});

test("every word must be there, in the title or beside it", () => {
  expect(fitness(["dark", "theme"], "Dark colours", "theme appearance")).not.toBeNull();
  expect(fitness(["dark", "mode"], "Dark colours", "theme appearance")).toBeNull();
  expect(fitness([], "anything")).toBe(0);
});

test("the middle of a word counts only where one is not strict", () => {
  expect(fitness(["ti"], "Settings")).not.toBeNull();
  expect(fitness(["ti"], "Settings", "translation", true)).toBeNull();
  expect(fitness(["the"], "Dark colours", "theme", true)).not.toBeNull();
});
