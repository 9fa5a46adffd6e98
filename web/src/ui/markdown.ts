/** A piece of a line. */
export type Inline =
  | { kind: "text" | "code"; text: string }
  | { kind: "strong" | "emphasis"; inner: Inline[] }
  | { kind: "link"; address: string; inner: Inline[] }
  | { kind: "break" };

/** A piece of a text. */
export type Block =
  | { kind: "paragraph"; inner: Inline[] }
  | { kind: "heading"; level: number; inner: Inline[] }
  | { kind: "code"; text: string }
  | { kind: "list"; isOrdered: boolean; items: Block[][] }
  | { kind: "quote"; blocks: Block[] }
  | { kind: "table"; head: Inline[][]; rows: Inline[][][] }
  | { kind: "rule" };

/** Nobody reads more than this at once. Some of the work grows with its square, and none may grow with its cube. */
const longest = 20_000;
const deepest = 5;

/**
 * Reads Markdown into pieces, never into HTML: the text is anybody's. Of the HTML that people write in descriptions the
 * plain elements become what they mean, and the rest is dropped.
 */
export function parseMarkdown(text: string): Block[] {
  const whole = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return blocksOf(withoutHtml(whole.replace(/\r\n?|[\u2028\u2029]/g, "\n")).split("\n"), 0);
}

const fence = /^ {0,3}(```+|~~~+)/;
const heading = /^ {0,3}(#{1,6})\s+(.*?)\s*#*$/;
const rule = /^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$/;
const bullet = /^( *)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const tableLine = /^\|?\s*:?-+:?(?:\s*\|\s*:?-+:?)*(?:\s*\|)?$/;

function blocksOf(lines: string[], depth: number): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const flush = () => {
    if (paragraph.length > 0) blocks.push({ kind: "paragraph", inner: inlines(paragraph.join("\n")) });
    paragraph = [];
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const opened = fence.exec(line)?.[1];
    if (opened) {
      flush();
      const start = at + 1;
      at = start;
      while (at < lines.length && !(lines[at] ?? "").trim().startsWith(opened)) at++;
      blocks.push({ kind: "code", text: lines.slice(start, at).join("\n") });
      continue;
    }
    if (line.trim() === "") {
      flush();
      continue;
    }
    const title = heading.exec(line);
    if (title) {
      flush();
      blocks.push({ kind: "heading", level: title[1]?.length ?? 1, inner: inlines(title[2] ?? "") });
      continue;
    }
    if (rule.test(line)) {
      flush();
      blocks.push({ kind: "rule" });
      continue;
    }
    if (depth < deepest && line.startsWith(">")) {
      flush();
      const start = at;
      while ((lines[at + 1] ?? "").startsWith(">")) at++;
      const inner = lines.slice(start, at + 1).map((one) => one.replace(/^> ?/, ""));
      blocks.push({ kind: "quote", blocks: blocksOf(inner, depth + 1) });
      continue;
    }
    if (depth < deepest && bullet.test(line)) {
      flush();
      const { block, next } = listAt(lines, at, depth);
      blocks.push(block);
      at = next - 1;
      continue;
    }
    if (line.includes("|") && tableLine.test((lines[at + 1] ?? "").trim())) {
      flush();
      const start = at + 2;
      at = start;
      while ((lines[at] ?? "").includes("|")) at++;
      blocks.push({ kind: "table", head: cells(line), rows: lines.slice(start, at).map(cells) });
      at -= 1;
      continue;
    }
    paragraph.push(line.trim() + (line.endsWith("  ") ? "  " : ""));
  }
  flush();
  return blocks;
}

function listAt(lines: string[], start: number, depth: number): { block: Block; next: number } {
  const first = bullet.exec(lines[start] ?? "");
  const indent = first?.[1]?.length ?? 0;
  const isOrdered = /\d/.test(first?.[2] ?? "");
  const items: string[][] = [];
  let at = start;
  for (; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const item = bullet.exec(line);
    const isOwn = item && (item[1]?.length ?? 0) <= indent + 1;
    if (isOwn && /\d/.test(item[2] ?? "") !== isOrdered) break;
    if (isOwn) {
      items.push([item[3] ?? ""]);
      continue;
    }
    const current = items.at(-1);
    const isInside = line.startsWith(" ".repeat(indent + 2));
    const isBlank = line.trim() === "";
    const continues =
      isInside || (isBlank && followsInside(lines, at + 1, indent)) || (!isBlank && lines[at - 1]?.trim() !== "");
    if (!current || !continues) break;
    current.push(line.slice(Math.min(indent + 2, line.length - line.trimStart().length)));
  }
  return { block: { kind: "list", isOrdered, items: items.map((item) => blocksOf(item, depth + 1)) }, next: at };
}

function followsInside(lines: string[], at: number, indent: number): boolean {
  const line = lines[at] ?? "";
  return line.startsWith(" ".repeat(indent + 2)) || bullet.test(line);
}

function cells(line: string): Inline[][] {
  const inner = line.trim().replace(/^\||\|$/g, "");
  return inner.split("|").map((cell) => inlines(cell.trim()));
}

const inline = new RegExp(
  [
    /(?<tick>`+)(?<code>[^`]+)\k<tick>/,
    /!?\[(?<label>[^[\]]*)\]\((?<to>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+"[^"]*")?\)/,
    /<(?<auto>https?:\/\/[^<>\s]+)>/,
    /(?<bare>https?:\/\/[^\s<>()[\]`]*[^\s<>()[\]`.,;:!?'"*_])/,
    /\*\*(?<strong>[^*\n]+)\*\*/,
    /(?<!\w)__(?<strong2>[^_\n]+)__(?!\w)/,
    /\*(?<em>[^*\s][^*\n]*)\*/,
    /(?<!\w)_(?<em2>[^_\s][^_\n]*)_(?!\w)/,
    /(?<hard> {2,}\n|\\\n)/,
    /\\(?<escaped>[\\`*_{}[\]()#+.!|<>-])/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);

function inlines(text: string, depth = 0): Inline[] {
  const found: Inline[] = [];
  let end = 0;
  const push = (plain: string) => {
    if (plain !== "") found.push({ kind: "text", text: plain });
  };
  for (const match of text.matchAll(inline)) {
    push(text.slice(end, match.index));
    end = match.index + match[0].length;
    found.push(depth < deepest ? pieceOf(match.groups ?? {}, depth) : { kind: "text", text: match[0] });
  }
  push(text.slice(end));
  return found;
}

function pieceOf(groups: Record<string, string | undefined>, depth: number): Inline {
  const { code, label, to, auto, bare, hard, escaped } = groups;
  if (code !== undefined) return { kind: "code", text: code.trim() };
  if (to !== undefined) return { kind: "link", address: to, inner: inlines(label || to, depth + 1) };
  const address = auto ?? bare;
  if (address !== undefined) return { kind: "link", address, inner: [{ kind: "text", text: address }] };
  if (hard !== undefined) return { kind: "break" };
  if (escaped !== undefined) return { kind: "text", text: escaped };
  const strong = groups.strong ?? groups.strong2;
  if (strong !== undefined) return { kind: "strong", inner: inlines(strong, depth + 1) };
  return { kind: "emphasis", inner: inlines(groups.em ?? groups.em2 ?? "", depth + 1) };
}

const dropped =
  "a|abbr|blockquote|body|caption|center|cite|dd|del|details|div|dl|dt|figure|font|footer|form|head|header|html|iframe|img|input|ins|kbd|link|main|meta|nav|object|ol|pre|s|samp|script|section|small|span|style|sub|summary|sup|svg|table|tbody|td|tfoot|th|thead|tr|u|ul|var|video|audio|button|embed|base|math";

/** Only outside of code, where a tag is a tag. */
function withoutHtml(text: string): string {
  return text
    .split(/(^ {0,3}```[\s\S]*?^ {0,3}```|`[^`\n]*`)/m)
    .map((part, position) => (position % 2 === 1 ? part : replaceTags(part)))
    .join("");
}

function replaceTags(text: string): string {
  if (!text.includes("<")) return text;
  return text
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<a\s([^<>]*)>([^<>]*)<\/a\s*>/gi, (_, attributes: string, label: string) => {
      const address = /\bhref\s*=\s*["']?([^"'\s<>]*)/i.exec(attributes)?.[1];
      return address === undefined ? label : `[${label}](${address})`;
    })
    .replace(/<(?:code|tt)>([^<>`]*)<\/(?:code|tt)>/gi, "`$1`")
    .replace(/<\/?(?:b|strong)>/gi, "**")
    .replace(/<\/?(?:i|em)>/gi, "*")
    .replace(/<br\s*\/?>/gi, "  \n")
    .replace(/<li(?:\s[^<>]*)?>/gi, "\n- ")
    .replace(/<\/?(?:p|h[1-6]|hr|li)(?:\s[^<>]*)?\/?>/gi, "\n\n")
    .replace(new RegExp(`</?(?:${dropped})(?:\\s[^<>]*)?/?>`, "gi"), "")
    .replace(/&(lt|gt|amp|quot|nbsp|#39);/g, (_, name: string) => entities[name] ?? "");
}

const entities: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', nbsp: " ", "#39": "'" };
