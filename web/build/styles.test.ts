import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../src");
// The page where one writes queries has the looks of its own package.
const styles = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".css") && !file.startsWith("features/graphiql/"))
  .map((file) => ({ file, css: readFileSync(join(root, file), "utf8") }));

interface Declaration {
  file: string;
  property: string;
  value: string;
}

const declarations: Declaration[] = styles.flatMap(({ file, css }) =>
  [...css.replaceAll(/\/\*[\s\S]*?\*\//g, "").matchAll(/(?<=[{;]\s*)(--[\w-]+|[a-z-]+):\s*([^;{}]+);/g)].map(
    ([, property = "", value = ""]) => ({ file, property, value: value.replaceAll(/\s+/g, " ") }),
  ),
);

/** Those declarations of some properties whose value is none of those that are allowed. */
function others(property: RegExp, isAllowed: (value: string) => boolean): string[] {
  return declarations
    .filter((one) => one.file !== "ui/tokens.css" && property.test(one.property) && !isAllowed(one.value))
    .map(({ file, property, value }) => `${file}: ${property}: ${value}`);
}

const pixels = (value: string) => [...value.matchAll(/(-?[\d.]+)px/g)].map(([, number]) => Math.abs(Number(number)));

test("there are styles to look at", () => {
  expect(declarations.length).toBeGreaterThan(500);
});

test("a colour is a token", () => {
  expect(others(/./, (value) => !/#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch|lab)a?\(/i.test(value))).toEqual([]);
});

test("text has one of six sizes", () => {
  const sizes = new Set([12, 13, 14, 16, 20, 28]);
  const isOfScale = (value: string) => pixels(value.split("/")[0] ?? "").every((size) => sizes.has(size));
  // What is drawn on the canvas is as large as the zoom makes it.
  const isCanvas = (one: string) => one.startsWith("features/catalog/graph/NodeFace.module.css");
  expect(others(/^font(-size)?$/, isOfScale).filter((one) => !isCanvas(one))).toEqual([]);
});

test("corners are tokens, or those of a pill", () => {
  const isCorner = (value: string) => pixels(value).every((size) => size === 0);
  const pills = new Set(["10px", "12px", "14px", "5px"]);
  expect(others(/^border-radius$/, (value) => isCorner(value) || pills.has(value))).toEqual([]);
});

test("what moves takes a time that is a token, unless it goes on for as long as one waits", () => {
  const isToken = (value: string) => !/\d(ms|s)\b/.test(value) || /infinite/.test(value);
  expect(others(/^(transition|animation)(-duration)?$/, (value) => isToken(value) || /^0s/.test(value))).toEqual([]);
});

test("space is of the grid", () => {
  // Half steps part what belongs together; a pixel more or less makes up for a border.
  const isOfGrid = (size: number) => size % 2 === 0 || size === 1 || size === 3 || size === 5 || size === 7;
  const isSpaced = (value: string) => pixels(value).every(isOfGrid);
  expect(others(/^(padding|margin|gap)/, isSpaced)).toEqual([]);
});
