import { expect, test } from "vitest";
import { mostLinks, readLinks, safeAddress, withLink, withoutLink } from "./links.ts";

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

const link = (title: string) => ({ title, address: "https://wiki.example" });

test("a link is removed by what it says, however often the links were read meanwhile, and comes back to its place", () => {
  const links = readLinks([link("One"), link("Two"), link("Three")]);
  const rest = withoutLink(links, link("Two"));
  expect(rest).toEqual([link("One"), link("Three")]);
  expect(withLink(rest, link("Two"), 1)).toEqual(links);
});

test("a link is there once, and there are only so many", () => {
  expect(withLink([link("One")], link("One"))).toEqual([link("One")]);
  const all = Array.from({ length: mostLinks }, (_, number) => link(`${number}`));
  expect(withLink(all, link("One more"))).toBe(all);
});
