import { expect, test } from "vitest";
import { readLinks, safeAddress } from "./links.ts";

test("links lead to the web or to a page of the portal, and nowhere else", () => {
  expect(safeAddress(" https://example.com/a ")).toBe("https://example.com/a");
  expect(safeAddress("/catalog?kind=api")).toBe("/catalog?kind=api");
  for (const address of [
    "javascript:alert(1)",
    "//evil.example",
    "/\\evil.example",
    "data:text/html,x",
    "nothing",
    "",
  ]) {
    expect(safeAddress(address)).toBeUndefined();
  }
});

test("whatever else was kept is left out", () => {
  expect(readLinks({})).toEqual([]);
  const good = { title: "Wiki", address: "https://wiki.example" };
  expect(
    readLinks([good, { title: "", address: "https://a.example" }, { title: "x", address: "javascript:1" }, 3]),
  ).toEqual([good]);
});
