import { expect, test } from "vitest";
import { Failure } from "#lib/graphql/failure.ts";
import { failureDetails, isLoadFailure } from "./failureDetails.ts";

const place = { plugin: "docs", address: "/docs?page=1", time: new Date("2026-03-10T12:00:00Z"), browser: "Browser/1" };

test("the details of a mistake say what, where and when, and where in the code", () => {
  const lines = failureDetails(new TypeError("nothing is not a function"), place).split("\n");
  expect(lines.slice(0, 5)).toEqual([
    "Error: TypeError: nothing is not a function",
    "Plugin: docs",
    "Address: /docs?page=1",
    "Time: 2026-03-10T12:00:00.000Z",
    "Browser: Browser/1",
  ]);
  expect(lines.at(7)).toMatch(/^\s+at /);
});

test("the details of a refusal have the request and no stack", () => {
  const text = failureDetails(new Failure("INTERNAL", "oops", "request-1"), { ...place, plugin: undefined });
  expect(text).toContain("Code: INTERNAL\nRequest: request-1\nAddress");
  expect(text).not.toContain(" at ");
});

test("a part that could not be fetched is told from one that failed", () => {
  expect(isLoadFailure(new TypeError("Failed to fetch dynamically imported module: http://x/a.js"))).toBe(true);
  expect(isLoadFailure(new TypeError("error loading dynamically imported module"))).toBe(true);
  expect(isLoadFailure(new TypeError("x is not a function"))).toBe(false);
});
