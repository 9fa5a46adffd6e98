import { expect, test } from "vitest";
import { formatUrlSearch, parseUrlSearch } from "#lib/urlSearch.ts";
import { changed, cleared, filterOf, nextSort, orderOf, readCatalogSearch, toggled } from "./catalogSearch.ts";

test("what was read from an address writes the same address", () => {
  const address = "?kind=component&kind=api&owner=group:default/shop&text=cart&sort=-owner&after=abc&size=100";
  const search = readCatalogSearch(parseUrlSearch(address));
  expect(formatUrlSearch({ ...search })).toBe(address);
});

test("nonsense in an address is left out", () => {
  const search = readCatalogSearch(
    parseUrlSearch("?sort=color&size=7&kind=&kind=API&kind=api&after=a&before=b&other=1"),
  );
  expect(search).toEqual({ kind: ["api"], after: "a" });
});

test("choosing a value starts from the first page, and choosing it again undoes it", () => {
  const search = readCatalogSearch({ kind: "api", after: "abc" });
  const chosen = toggled(search, "tag", "java");
  expect(chosen).toEqual({ kind: ["api"], tag: ["java"] });
  expect(toggled(chosen, "tag", "java")).toEqual({ kind: ["api"] });
});

test("clearing keeps the order and the size of the page", () => {
  const search = readCatalogSearch({ kind: "api", text: "x", sort: "-name", size: "25" });
  expect(cleared(search)).toEqual({ sort: "-name", size: 25 });
});

test("a header sorts upwards, then downwards, then not at all", () => {
  const up = nextSort({}, "owner");
  const down = nextSort(up, "owner");
  expect([up.sort, down.sort, nextSort(down, "owner").sort]).toEqual(["owner", "-owner", undefined]);
  expect(orderOf(down)).toEqual([
    { field: "relations.ownedBy", direction: "DESC" },
    { field: "metadata.name", direction: "ASC" },
  ]);
  expect(nextSort({}, "name").sort).toBe("-name");
});

test("a facet is counted within the other filters", () => {
  const search = changed({}, { kind: ["api"], tag: ["java", "go"] });
  expect(filterOf(search)).toEqual({ kind: ["api"], tags: ["java", "go"] });
  expect(filterOf(search, "tag")).toEqual({ kind: ["api"] });
});
