import { ReadingError } from "../reading/problem.ts";

/** A piece of a file, with the comment that stands before it. */
export interface Token {
  text: string;
  kind: "word" | "text" | "sign" | "end";
  line: number;
  column: number;
  comment?: string;
  /** The comment after it on the same line. */
  trailing?: string;
}

const word = /[\w.]+/y;
const space = /[ \t\r\f\v]+/y;
const quoted = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/y;

/** Cuts a file into pieces. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  let line = 1;
  let lineStart = 0;
  let comments: string[] = [];
  let lastNewline = -1;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = position;
    return pattern.exec(text)?.[0];
  };
  const note = (comment: string) => {
    const last = tokens.at(-1);
    // What follows on the line of a statement that has ended speaks of that statement.
    if (last && last.line === line && lastNewline < 0 && /^[;{}]$/.test(last.text)) last.trailing ??= comment;
    else comments.push(comment);
  };
  while (position < text.length) {
    const char = text[position];
    if (char === "\n") {
      // A comment with an empty line after it speaks of nothing in particular.
      if (lastNewline >= 0 && text.slice(lastNewline + 1, position).trim() === "") comments = [];
      lastNewline = position;
      position += 1;
      line += 1;
      lineStart = position;
      continue;
    }
    const blank = match(space);
    if (blank) {
      position += blank.length;
      continue;
    }
    if (text.startsWith("//", position)) {
      const end = text.indexOf("\n", position);
      const stop = end < 0 ? text.length : end;
      note(
        text
          .slice(position + 2, stop)
          .replace(/^\/+/, "")
          .trim(),
      );
      lastNewline = -1;
      position = stop;
      continue;
    }
    const start = { line, column: position - lineStart + 1 };
    if (text.startsWith("/*", position)) {
      const end = text.indexOf("*/", position + 2);
      if (end < 0) throw new ReadingError({ reason: "syntax", detail: "a comment that does not end", ...start });
      const body = text.slice(position + 2, end);
      note(body.replace(/^[ \t]*\*+ ?/gm, "").trim());
      const breaks = body.split("\n").length - 1;
      line += breaks;
      if (breaks > 0) lineStart = position + 2 + body.lastIndexOf("\n") + 1;
      lastNewline = -1;
      position = end + 2;
      continue;
    }
    const string = char === '"' || char === "'" ? match(quoted) : undefined;
    if (string === undefined && (char === '"' || char === "'")) {
      throw new ReadingError({ reason: "syntax", detail: "a text that does not end", ...start });
    }
    const found = string ?? match(word) ?? char ?? "";
    const kind = string !== undefined ? "text" : /^[\w.]/.test(found) ? "word" : "sign";
    const comment = comments.filter(Boolean).join("\n");
    tokens.push({ text: found, kind, ...start, ...(comment && { comment }) });
    comments = [];
    lastNewline = -1;
    position += found.length;
  }
  tokens.push({ text: "the end of the file", kind: "end", line, column: position - lineStart + 1 });
  return tokens;
}
