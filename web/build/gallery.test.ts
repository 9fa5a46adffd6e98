import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../src");
const read = (folder: string) =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith(".tsx"))
    .map((file) => readFileSync(join(root, folder, file), "utf8"));

test("the gallery shows every component of ui and kit", () => {
  const components = ["ui", "kit", "kit/entity", "kit/modules"]
    .flatMap(read)
    .flatMap((text) => [...text.matchAll(/^export function ([A-Z]\w*)/gm)].map(([, name = ""]) => name));
  const shown = read("features/gallery").join("\n");
  expect(components.length).toBeGreaterThan(40);
  expect(components.filter((name) => !new RegExp(`\\b${name}\\b`).test(shown))).toEqual([]);
});
