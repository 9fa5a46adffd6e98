import { expect, test } from "vitest";
import { safeReturnTo } from "./returnTo.ts";

test("a place in the portal is returned to", () => {
  for (const path of [
    "/",
    "/catalog?kind=api&owner=group:default/a",
    "/catalog/default/component/cart#docs",
    "/authors",
    "/catalog/default/component/v1%2e0",
    "/catalog?text=%2e%2e/auth",
  ]) {
    expect(safeReturnTo(path)).toBe(path);
  }
});

test("nothing else is", () => {
  const refused = [
    undefined,
    "",
    "catalog",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/\n/evil.example",
    " //evil.example",
    "/a b",
    "/..//evil.example",
    "/./auth/github/start",
    "/%2e%2e/auth/github/start",
    "/%2E/sign-in",
    "/catalog/.%2e/sign-in",
    "/auth",
    "/auth/github/start",
    "/sign-in",
    "/sign-in?returnTo=/x",
    "/ä",
    `/${"a".repeat(3000)}`,
  ];
  expect(refused.map(safeReturnTo)).toEqual(refused.map(() => "/"));
});
