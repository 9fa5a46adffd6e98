import { afterEach, expect, test } from "vitest";
import { defineMessages, defineTexts, formatNumber, speak } from "./messages.ts";

const t = defineMessages("test", {
  plain: "Catalog",
  named: "Remove {name}: {value}",
  files: { one: "{count} file", other: "{count} files" },
});

afterEach(() => speak("en", "en"));

test("parameters are filled in, numbers as the reader writes them", () => {
  expect(t("plain")).toBe("Catalog");
  expect(t("named", { name: "Kind", value: "{value}" })).toBe("Remove Kind: {value}");
  expect(t("files", { count: 1243 })).toBe("1,243 files");
});

test("the plural follows the count", () => {
  expect([0, 1, 2].map((count) => t("files", { count }))).toEqual(["0 files", "1 file", "2 files"]);
});

test("another language replaces the keys it has, and writes numbers its own way", () => {
  speak("de", "de-DE", { test: { plain: "Katalog" } });
  expect([t("plain"), t("files", { count: 1243 }), formatNumber(0.5)]).toEqual(["Katalog", "1.243 files", "0,5"]);
});

test("a language may have more plural forms than English, and need not have all of its own", () => {
  speak("pl", "pl", { test: { files: { one: "{count} plik", few: "{count} pliki", other: "{count} plików" } } });
  expect([1, 3, 5].map((count) => t("files", { count }))).toEqual(["1 plik", "3 pliki", "5 plików"]);
});

test("texts that come with their languages are read in the one that is spoken, and in English where it lacks them", () => {
  const own = defineTexts({
    en: { open: "Open", found: { one: "{count} shift", other: "{count} shifts" } },
    de: { found: { one: "{count} Schicht", other: "{count} Schichten" } },
  });
  expect([own("open"), own("found", { count: 1 })]).toEqual(["Open", "1 shift"]);
  speak("de", "de-DE");
  expect([own("open"), own("found", { count: 1200 })]).toEqual(["Open", "1.200 Schichten"]);
});
