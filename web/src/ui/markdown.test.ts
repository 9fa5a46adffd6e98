import { expect, test } from "vitest";
import { parseMarkdown } from "./markdown.ts";

const text = (text: string) => ({ kind: "text", text });

test("paragraphs, headings, lists, code, quotes, tables and rules are read", () => {
  const blocks = parseMarkdown(
    "# Title\nOne\ntwo\n\n- a\n  - b\n- c\n\n1. x\n\n```js\n<b> `x`\n```\n> said\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n\n---",
  );
  expect(blocks.map(({ kind }) => kind)).toEqual([
    "heading",
    "paragraph",
    "list",
    "list",
    "code",
    "quote",
    "table",
    "rule",
  ]);
  expect(blocks[2]).toMatchObject({
    isOrdered: false,
    items: [[{ kind: "paragraph" }, { kind: "list" }], [{ kind: "paragraph" }]],
  });
  expect(blocks[4]).toEqual({ kind: "code", text: "<b> `x`" });
  expect(blocks[6]).toMatchObject({ head: [[text("a")], [text("b")]], rows: [[[text("1")], [text("2")]]] });
});

test("what stands in a line is read", () => {
  expect(parseMarkdown("a `b` **c _d_** [e](https://f.example/(g)) snake_case_name https://h.example.")).toEqual([
    {
      kind: "paragraph",
      inner: [
        text("a "),
        { kind: "code", text: "b" },
        text(" "),
        { kind: "strong", inner: [text("c "), { kind: "emphasis", inner: [text("d")] }] },
        text(" "),
        { kind: "link", address: "https://f.example/(g)", inner: [text("e")] },
        text(" snake_case_name "),
        { kind: "link", address: "https://h.example", inner: [text("https://h.example")] },
        text("."),
      ],
    },
  ]);
});

test("of HTML only what it means stays", () => {
  const flat = (markdown: string) => JSON.stringify(parseMarkdown(markdown));
  expect(flat("<script>alert(1)</script><img src=x onerror=alert(1)>hi")).toBe(flat("hi"));
  expect(flat("<p>a <b>b</b></p><ul><li>c</li></ul>")).toBe(flat("a **b**\n\n- c"));
  expect(flat('<a href="https://x.example">y</a>')).toBe(flat("[y](https://x.example)"));
  expect(flat("a Map<string, number> &lt; b")).toBe(flat("a Map<string, number> < b"));
});

test("a text of anybody's never takes long or goes deep", () => {
  for (const hostile of ["<script", "[", "**", "`", "> ", "- ", "|-", "<a href=", "_a", "<!--", "&lt;", "\\", "> - "]) {
    expect(parseMarkdown(hostile.repeat(100_000)).length).toBeGreaterThan(0);
  }
  const deep = Array.from({ length: 200 }, (_, depth) => `${" ".repeat(depth * 2)}- x`).join("\n");
  expect(parseMarkdown(deep).length).toBe(1);
});

test("no text keeps the reader waiting for longer than its square", { timeout: 30_000 }, () => {
  // Each of these, read by patterns that can begin and end in more than one place, would take hours.
  const spaces = " ".repeat(9_000);
  for (const text of [
    `a|b\n${spaces}-${spaces}x`,
    `a|b\n-${spaces}|${spaces}x`,
    `# ${spaces}\u2028y\u2028z`,
    `<a ${"href=".repeat(3_900)}`,
    `<a ${"href = ".repeat(2_800)}>x</a`,
  ]) {
    expect(parseMarkdown(text).length).toBeGreaterThan(0);
  }
});

test("links and tables stay what they are, however they are spaced", () => {
  expect(parseMarkdown(`<a class="x" href='https://a.example'>A</a>`)).toEqual(parseMarkdown("[A](https://a.example)"));
  expect(parseMarkdown("<a id=top>Top</a>")).toEqual(parseMarkdown("Top"));
  for (const line of ["-|-", "| :-- | --: |", "  |---|---|  "]) {
    expect(parseMarkdown(`a|b\n${line}\nc|d`)[0]?.kind).toBe("table");
  }
});
