import { expect, test } from "vitest";
import { problemOf } from "./problem.ts";
import { readTree } from "./tree.ts";

function problem(text: string) {
  try {
    readTree(text);
    return null;
  } catch (error) {
    return problemOf(error);
  }
}

test("JSON and YAML are read", () => {
  expect(readTree('{ "a": [1] }')).toEqual({ a: [1] });
  expect(readTree("a: &x { b: 1 }\nc:\n  <<: *x\n200: ok")).toEqual({ a: { b: 1 }, c: { b: 1 }, "200": "ok" });
});

test("what is nearly JSON is read too", () => {
  expect(readTree('{ "a": 1, } # a comment')).toEqual({ a: 1 });
});

test("a mistake is told with its line", () => {
  expect(problem("a: 1\nb: [1, 2\nc: 3\n")).toMatchObject({ reason: "syntax", line: 3 });
  expect(problem('{\n  "a": 1\n  "b": 2\n}')).toMatchObject({ reason: "syntax", line: 2 });
});

test("what is no object is no definition", () => {
  expect(problem("just words")).toEqual({ reason: "notAnObject" });
  expect(problem("")).toEqual({ reason: "notAnObject" });
});

test("depth has a limit, for JSON and for YAML", () => {
  const nested = (depth: number) => `{"a":${"[".repeat(depth)}${"]".repeat(depth)}}`;
  expect(problem(nested(100))).toBeNull();
  expect(problem(nested(300))).toEqual({ reason: "tooDeep" });
  expect(problem(nested(200_000))).toEqual({ reason: "tooDeep" });
  expect(problem(`a: ${"[".repeat(50_000)}`)?.reason).toBeDefined();
});

test("aliases that multiply are refused", () => {
  const laughs = Array.from({ length: 12 }, (_, level) => {
    const inner = level === 0 ? "lol" : `*a${level - 1}`;
    return `a${level}: &a${level} [${Array.from({ length: 10 }, () => inner).join(", ")}]`;
  });
  expect(problem(laughs.join("\n"))?.reason).toBe("tooMuch");
});

test("what holds itself is refused, and what is repeated counts each time", () => {
  expect(problem("a: &a\n  b: *a")?.reason).toBe("tooDeep");
  expect(problem("a: &a\n  b: *a\n  c: *a")?.reason).toBe("tooMuch");
  const long = "x".repeat(1_000_000);
  expect(problem(`a: &a ${long}\nb: [${Array.from({ length: 300 }, () => "*a").join(", ")}]`)?.reason).toBe("tooMuch");
  expect(problem(`a: &a ${long}\nb: [*a, *a]`)).toBeNull();
});

test("keys that mean something to JavaScript are keys", () => {
  const tree = readTree('{ "__proto__": { "polluted": true } }');
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(Object.keys(tree)).toEqual(["__proto__"]);
});
