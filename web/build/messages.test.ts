import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../src");
const sources = new Map(
  readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => /(?<!\.generated|\.test)\.tsx?$/.test(file))
    .map((file) => [file, readFileSync(join(root, file), "utf8")]),
);

function imports(file: string, text: string, imported: string): boolean {
  return [...text.matchAll(/from "(\.[^"]+)"/g)].some(([, path = ""]) => join(dirname(file), path) === imported);
}

/** The keys of a file's messages that nothing names which may use them: the rest of the file, or who imports it. */
function unusedKeys(file: string, text: string): string[] {
  const near = [...sources].filter(([other, one]) => imports(other, one, file)).map(([, one]) => one);
  return [...text.matchAll(/defineMessages\("\w+", \{([\s\S]*?)\s*\}\);/g)].flatMap(([whole, body = ""]) => {
    const uses = [text.replace(whole, ""), ...near].join("\n");
    const keys = [...body.matchAll(/(?:^|\n|[}"],)\s*(\w+):\s*["{]/g)].map(([, key]) => key ?? "");
    // The forms of a plural, and the values of enums of the server, are no keys that anything names.
    return keys.filter((key) => !/^(one|other|[A-Z_]+)$/.test(key) && !uses.includes(`"${key}"`));
  });
}

/** Where kinds, facets and the like are keys, as the API names them. */
const named = /^(features\/catalog|kit\/entity)\//;

test("every message is shown somewhere", { timeout: 60_000 }, () => {
  const unused = [...sources]
    .filter(([file]) => !named.test(file))
    .flatMap(([file, text]) => unusedKeys(file, text).map((key) => `${file}: ${key}`));
  expect(unused).toEqual([]);
});
