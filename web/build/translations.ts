import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A text, or one for each plural form. */
type Text = string | Record<string, string>;

/** The English texts of the sources, by part, each with the file that has them. */
export function englishParts(root: string): Map<string, { file: string; texts: Record<string, Text> }> {
  const parts = new Map<string, { file: string; texts: Record<string, Text> }>();
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) =>
    /(?<!\.generated|\.test)\.tsx?$/.test(file),
  );
  for (const file of files) {
    const source = readFileSync(join(root, file), "utf8");
    for (const [, part = "", written = ""] of source.matchAll(/defineMessages\("(\w+)", (\{[\s\S]*?\}|\w+)\);/g)) {
      const literal = written.startsWith("{") ? written : constant(source, written);
      if (!literal) throw new Error(`${file}: the texts of ${part} are not found`);
      if (parts.has(part)) throw new Error(`${file}: another file has texts named ${part}`);
      // Nothing but our own sources, which hold nothing but texts there.
      parts.set(part, { file, texts: new Function(`return ${literal}`)() as Record<string, Text> });
    }
  }
  return parts;
}

/** The literal that a constant of a source has. */
function constant(source: string, name: string): string | undefined {
  return new RegExp(`^const ${name} = (\\{[\\s\\S]*?^\\})`, "m").exec(source)?.[1];
}

/** What is wrong with a translation of a part: keys that it lacks, that nothing asks for, or with other parameters. */
export function mistakes(part: string, english: Record<string, Text>, other: Record<string, Text>): string[] {
  const lacking = Object.keys(english).filter((key) => !(key in other));
  const unknown = Object.keys(other).filter((key) => !(key in english));
  const changed = Object.keys(english).filter((key) => {
    const [one, two] = [english[key], other[key]];
    return one !== undefined && two !== undefined && parameters(one) !== parameters(two);
  });
  return [
    ...lacking.map((key) => `${part}.${key} is lacking`),
    ...unknown.map((key) => `${part}.${key} is not asked for`),
    ...changed.map((key) => `${part}.${key} has other parameters`),
  ];
}

function parameters(text: Text): string {
  const whole = typeof text === "string" ? text : Object.values(text).join(" ");
  const names = new Set([...whole.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  // A form for one need not count.
  if (typeof text !== "string") names.add("count");
  return [...names].sort().join(" ");
}
