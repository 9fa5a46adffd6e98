import { expect, test } from "vitest";
import { spoken } from "./languages.ts";

test("the first language that the browser prefers and the portal speaks is the one", () => {
  expect(spoken("system", ["fr-FR", "de-CH", "en-US"])).toEqual({ language: "de", locale: "de-CH" });
  expect(spoken("system", ["fr", "nl"])).toEqual({ language: "en", locale: "en" });
  expect(spoken("system", [])).toEqual({ language: "en", locale: "en" });
});

test("what one chose counts more, and numbers stay as the browser has them for that language", () => {
  expect(spoken("en", ["de-DE", "en-GB"])).toEqual({ language: "en", locale: "en-GB" });
  expect(spoken("de", ["en-US"])).toEqual({ language: "de", locale: "de" });
});
