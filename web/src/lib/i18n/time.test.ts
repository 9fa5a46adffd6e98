import { afterEach, expect, test } from "vitest";
import { exactTime, relativeTime, tellTimeIn } from "./time.ts";

const now = new Date("2026-03-10T12:00:00Z");
afterEach(() => tellTimeIn("en", "en"));

const at = (text: string) => relativeTime(new Date(text), now);

test("a time is told by its distance, in the largest unit that fits", () => {
  expect(at("2026-03-10T11:59:40Z")).toBe("just now");
  expect(at("2026-03-10T11:57:00Z")).toBe("3 minutes ago");
  expect(at("2026-03-10T09:00:00Z")).toBe("3 hours ago");
  expect(at("2026-03-09T11:00:00Z")).toBe("yesterday");
  expect(at("2025-12-01T12:00:00Z")).toBe("3 months ago");
});

test("what is to come is told the same way", () => {
  expect(at("2026-03-10T12:00:30Z")).toBe("in a moment");
  expect(at("2026-06-08T12:00:00Z")).toBe("in 3 months");
});

test("words are those of the language, and dates those of the locale", () => {
  tellTimeIn("de", "de-CH");
  expect(at("2026-03-10T09:00:00Z")).toBe("vor 3 Stunden");
  expect(exactTime(now)).toMatch(/10\.03\.2026/);
  tellTimeIn("en", "en-GB");
  expect(exactTime(now)).toMatch(/10 Mar 2026/);
});
