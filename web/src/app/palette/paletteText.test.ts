import { expect, test } from "vitest";
import { readPaletteText } from "./paletteText.ts";

test("the first character says what is looked for", () => {
  expect(readPaletteText(" pet store ")).toEqual({ mode: "all", words: "pet store" });
  expect(readPaletteText("> dark")).toEqual({ mode: ">", words: "dark" });
  expect(readPaletteText("@ada")).toEqual({ mode: "@", words: "ada" });
  expect(readPaletteText("#")).toEqual({ mode: "#", words: "" });
  expect(readPaletteText("a@b")).toEqual({ mode: "all", words: "a@b" });
});
