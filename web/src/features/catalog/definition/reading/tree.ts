import { LineCounter, parseDocument } from "yaml";
import { isRecord, type Json } from "../json/access.ts";
import { ReadingError } from "./problem.ts";

/** Deeper than any document that a person wrote or a tool made of it. */
const deepest = 200;

/** More values than a page could hold. */
const most = 2_000_000;

/** How long a text is that counts as one value more. */
const lettersOfValue = 100;

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

/**
 * Refuses what is too deep or too much to be walked or written down, without walking deep itself. What aliases repeat
 * counts each time, as it does for whoever writes it down, and what holds itself has no end.
 */
function measure(root: unknown) {
  let count = 0;
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) throw new ReadingError({ reason: "tooDeep" });
    const next: unknown[] = [];
    for (const value of level) {
      count += typeof value === "string" ? 1 + value.length / lettersOfValue : 1;
      if (count + next.length > most) throw new ReadingError({ reason: "tooMuch" });
      if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) next.push(inner);
    }
    level = next;
  }
}
