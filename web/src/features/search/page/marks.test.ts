import { expect, test } from "vitest";
import { stretchesOf } from "./marks.ts";

const mark = (start: number, end: number, field: "TITLE" | "TEXT" = "TEXT") => ({ field, start, end });

test("a text is cut where the words are", () => {
  expect(stretchesOf("how to deploy now", [mark(7, 13), mark(0, 3)], "TEXT")).toEqual([
    { text: "how", isMarked: true },
    { text: " to ", isMarked: false },
    { text: "deploy", isMarked: true },
    { text: " now", isMarked: false },
  ]);
});

test("marks that lie in another text, in one another, or nowhere are none", () => {
  const marks = [mark(0, 2), mark(1, 3), mark(3, 99), mark(2, 2), mark(-1, 1), mark(0, 4, "TITLE")];
  expect(stretchesOf("abcd", marks, "TEXT")).toEqual([
    { text: "ab", isMarked: true },
    { text: "cd", isMarked: false },
  ]);
  expect(stretchesOf("", [mark(0, 1)], "TEXT")).toEqual([]);
});
