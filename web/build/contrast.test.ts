import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { contrast, readTokens } from "./contrast.ts";

const tokens = readTokens(readFileSync(join(import.meta.dirname, "../src/ui/tokens.css"), "utf8"));
const surfaces = ["canvas", "sunken", "raised", "hover", "pressed"];
const tones = ["ok", "warning", "danger", "info"];
const hues = [...tokens.keys()].filter((name) => name.startsWith("hue-"));

/** Pairs that are too close, told with how close they are. */
function tooClose(texts: readonly string[], grounds: readonly string[], least: number): string[] {
  return texts.flatMap((text) =>
    grounds.flatMap((ground) =>
      (["light", "dark"] as const).flatMap((theme) => {
        const [front, back] = [tokens.get(text)?.[theme], tokens.get(ground)?.[theme]];
        if (!front || !back) return [`${text} or ${ground} is no colour`];
        const value = contrast(front, back);
        return value < least ? [`${text} on ${ground}, ${theme}: ${value.toFixed(2)}`] : [];
      }),
    ),
  );
}

test("contrast is what WCAG computes", () => {
  expect(contrast("#ffffff", "#000000")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});

test("body text is read easily on every surface, as AAA asks", () => {
  expect(tooClose(["text"], surfaces, 7)).toEqual([]);
  expect(tooClose(["text-muted"], ["canvas", "sunken", "raised"], 7)).toEqual([]);
});

test("all other text has the contrast that AA asks", () => {
  expect(tooClose(["text-muted", "text-faint"], surfaces, 4.5)).toEqual([]);
  expect(tooClose(["accent"], [...surfaces, "accent-soft"], 4.5)).toEqual([]);
  expect(tooClose(["on-accent"], ["accent-fill"], 4.5)).toEqual([]);
});

test("a status is read on its own ground and on the page", () => {
  for (const tone of tones) expect(tooClose([tone], [`${tone}-soft`, ...surfaces], 4.5)).toEqual([]);
  expect(
    tooClose(
      ["text", "text-muted"],
      tones.map((tone) => `${tone}-soft`),
      4.5,
    ),
  ).toEqual([]);
});

test("the hues of kinds colour code as well, so that they are text", () => {
  expect(hues.length).toBeGreaterThan(8);
  expect(tooClose(hues, ["canvas", "sunken", "raised", "hover"], 4.5)).toEqual([]);
});

test("the edges of controls and the ring of the focus are seen", () => {
  expect(tooClose(["control-line", "accent", "accent-fill"], ["canvas", "sunken", "raised"], 3)).toEqual([]);
});
