import { expect, test } from "vitest";
import { defineMessages, translate } from "./messages.ts";

const t = defineMessages("test", {
  plain: "Catalog",
  named: "Remove {name}: {value}",
  files: { one: "{count} file", other: "{count} files" },
});

test("parameters are filled in, numbers as the reader writes them", () => {
  expect(t("plain")).toBe("Catalog");
  expect(t("named", { name: "Kind", value: "{value}" })).toBe("Remove Kind: {value}");
  expect(t("files", { count: 1243 })).toBe("1,243 files");
});

test("the plural follows the count", () => {
  expect([0, 1, 2].map((count) => t("files", { count }))).toEqual(["0 files", "1 file", "2 files"]);
});

test("another language replaces the keys it has", () => {
  translate("test", { plain: "Katalog" });
  expect([t("plain"), t("files", { count: 1 })]).toEqual(["Katalog", "1 file"]);
});
