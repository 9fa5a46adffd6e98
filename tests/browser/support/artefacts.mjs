// Where tests leave what people look at: screenshots and reports. Nothing of it is committed.
import { mkdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

const folder = resolve(
  process.env.CALLBOARD_ARTEFACTS ?? join(import.meta.dirname, "../../../target/browser"),
);

/** The path of an artefact, in a folder that is there. */
export async function artefact(...names) {
  const path = join(folder, ...names);
  await mkdir(dirname(path), { recursive: true });
  return path;
}
