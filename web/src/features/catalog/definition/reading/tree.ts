import { LineCounter, parseDocument } from "yaml";
import { isRecord, type Json } from "../json/access.ts";
import { ReadingError } from "./problem.ts";

/** Deeper than any document that a person wrote or a tool made of it. */
const deepest = 200;

/** More values than a page could hold. */
const most = 2_000_000;

/** Reads JSON or YAML. */
export function readTree(text: string): Json {
  const value = parse(text);
  measure(value);
  if (!isRecord(value)) throw new ReadingError({ reason: "notAnObject" });
  return value;
}

function parse(text: string): unknown {
  if (/^\s*[{[]/.test(text)) {
    try {
      return JSON.parse(text);
    } catch {
      // Nearly JSON is YAML, and where it is neither, that reader says where.
    }
  }
  const lines = new LineCounter();
  // Looking for keys written twice takes time that grows with their square.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, merge: true });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new ReadingError({ reason: "syntax", detail: error.message, line, column: col });
  }
  try {
    return document.toJS({ maxAliasCount: 1000 });
  } catch (failure) {
    if (failure instanceof RangeError) throw failure;
    const detail = failure instanceof Error ? failure.message : String(failure);
    throw new ReadingError({ reason: failure instanceof ReferenceError ? "tooMuch" : "broken", detail });
  }
}

/** Refuses what is too deep or too much to be walked, without walking deep itself. */
function measure(root: unknown) {
  const seen = new Set<object>();
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) throw new ReadingError({ reason: "tooDeep" });
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== "object" || value === null || seen.has(value)) continue;
      seen.add(value);
      for (const inner of Object.values(value)) next.push(inner);
      if (next.length + seen.size > most) throw new ReadingError({ reason: "tooMuch" });
    }
    level = next;
  }
}
