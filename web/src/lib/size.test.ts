import { expect, test } from "vitest";
import { speak } from "#lib/i18n/messages.ts";
import { sizeOf } from "./size.ts";

test("a size is told in the unit that fits, as the reader writes numbers", () => {
  expect([0, 999, 1000, 12_345_678].map(sizeOf)).toEqual(["0 B", "999 B", "1 kB", "12.3 MB"]);
  speak("de", "de-AT");
  expect(sizeOf(12_345_678)).toBe("12,3 MB");
});
