/**
 * Writes the types of every `.graphql` document beside it, from the committed public schema. `--check` only compares.
 *
 * It is ours because the common generator prints a type per implementing kind, multiplied at every nested interface
 * (hundreds of lines for one list of entities), and because documents generated file by file stay in their own chunk.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSchema } from "graphql";
import { generate } from "./generate.ts";

const web = join(dirname(fileURLToPath(import.meta.url)), "../..");
const source = join(web, "src");
const isCheck = process.argv.includes("--check");

const schema = buildSchema(readFileSync(join(web, "../schema/public.graphql"), "utf8"));
const paths = readdirSync(source, { recursive: true, encoding: "utf8" }).map((path) => path.replaceAll("\\", "/"));
const documents = paths
  .filter((path) => path.endsWith(".graphql"))
  .sort()
  .map((path) => ({ path, text: readFileSync(join(source, path), "utf8") }));

const output = generate(schema, documents);
const stale = [...output].filter(([path, text]) => {
  const file = join(source, path);
  return !existsSync(file) || readFileSync(file, "utf8") !== text;
});
const abandoned = paths.filter((path) => path.endsWith(".generated.ts") && !output.has(path));

if (isCheck && stale.length + abandoned.length > 0) {
  console.error(`run \`npm run codegen\`: ${[...stale.map(([path]) => path), ...abandoned].join(", ")}`);
  process.exitCode = 1;
} else {
  for (const [path, text] of stale) writeFileSync(join(source, path), text);
  for (const path of abandoned) rmSync(join(source, path));
}
