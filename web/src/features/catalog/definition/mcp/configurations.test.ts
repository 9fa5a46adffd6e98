import { expect, test } from "vitest";
import { configurationsOf } from "./configurations.ts";

const textFor = (client: string, url: string, type = "streamable-http", name = "timetable-mcp") =>
  configurationsOf(name, type, url).find((one) => one.client === client)?.text;

test("each client gets what it reads", () => {
  const url = "https://open.example/mcp";
  expect(textFor("claudeCode", url)).toBe("claude mcp add --transport http timetable-mcp https://open.example/mcp");
  expect(textFor("claudeCode", url, "sse")).toContain("--transport sse");
  expect(JSON.parse(textFor("vscode", url) ?? "")).toEqual({ servers: { "timetable-mcp": { type: "http", url } } });
  expect(JSON.parse(textFor("common", url) ?? "")).toEqual({ mcpServers: { "timetable-mcp": { type: "http", url } } });
});

test("an address of anybody's stays one word of a command", () => {
  expect(textFor("claudeCode", "https://x.example/;rm -rf ~'", "sse", "a b$(c)")).toBe(
    "claude mcp add --transport sse a-b-c- 'https://x.example/;rm -rf ~'\\'''",
  );
  expect(textFor("codex", 'https://x.example/"\n[mcp]')).toContain('url = "https://x.example/\\"\\n[mcp]"');
});
