import { join } from "node:path";
import { expect, test } from "vitest";
import { texts as german } from "../src/languages/allGerman.ts";
import { englishParts, mistakes } from "./translations.ts";

const english = englishParts(join(import.meta.dirname, "../src"));
const translations = { german };

/** Parts that are not translated yet; whoever translates one takes it out. */
const later = new Set<string>([]);

test("mistakes of a translation are found", () => {
  const texts = { kept: "Keep {name}", many: { one: "one", other: "{count}" }, lost: "Lost" };
  const other = { kept: "{name} behalten", many: { one: "{count} Stück", other: "{count} Stücke" }, odd: "?" };
  expect(mistakes("part", texts, other)).toEqual(["part.lost is lacking", "part.odd is not asked for"]);
  expect(mistakes("part", { kept: "Keep {name}" }, { kept: "Behalte {nam}" })).toEqual([
    "part.kept has other parameters",
  ]);
});

test("the texts of the sources are found", () => {
  expect(english.size).toBeGreaterThan(50);
  expect(english.get("time")?.texts).toEqual({ now: "just now", soon: "in a moment" });
  expect(english.get("relation")?.texts, "also where a constant holds them").toMatchObject({ partOf: "Part of" });
});

for (const [language, parts] of Object.entries(translations)) {
  test(`${language} lacks no text`, () => {
    const wrong = [...english].flatMap(([part, { texts }]) =>
      later.has(part) ? [] : mistakes(part, texts, parts[part] ?? {}),
    );
    expect(wrong).toEqual([]);
    expect(Object.keys(parts).filter((part) => !english.has(part))).toEqual([]);
  });

  test(`${language} is not called lacking where it is there`, () => {
    expect(Object.keys(parts).filter((part) => later.has(part))).toEqual([]);
  });
}
