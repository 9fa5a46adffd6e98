import { expect, test } from "vitest";
import { changed, filtersOf, isAsked, readSearchPlace, toggled, widened, withoutPage } from "./searchPlace.ts";

test("an address is read whoever wrote it, also one of Backstage", () => {
  expect(readSearchPlace({ query: " deploy ", type: ["techdocs"], kind: "API", tag: ["a", "", "a"], x: 1 })).toEqual({
    text: "deploy",
    type: "techdocs",
    kind: ["API"],
    tag: ["a"],
  });
  expect(readSearchPlace({ text: "  ", type: 3, owner: {}, after: [] })).toEqual({});
  expect(readSearchPlace({ text: "x".repeat(900) }).text).toHaveLength(500);
});

test("whatever changes leads to the first page", () => {
  const place = { text: "deploy", after: "here", kind: ["API"] };
  expect(toggled(place, "kind", "Component")).toEqual({ text: "deploy", kind: ["API", "Component"] });
  expect(toggled(place, "kind", "API")).toEqual({ text: "deploy" });
  expect(changed(place, { text: "" })).toEqual({ kind: ["API"] });
  expect(widened(place)).toEqual({ text: "deploy" });
  expect(withoutPage(place)).toEqual({ text: "deploy", kind: ["API"] });
});

test("a facet is counted among all that the others leave", () => {
  const place = { kind: ["API"], owner: ["group:default/a"] };
  expect(filtersOf(place)).toEqual([
    { field: "kind", in: ["API"] },
    { field: "owner", in: ["group:default/a"] },
  ]);
  expect(filtersOf(place, "kind")).toEqual([{ field: "owner", in: ["group:default/a"] }]);
});

test("a page of results alone asks for nothing", () => {
  expect(isAsked({ after: "here" })).toBe(false);
  expect(isAsked({ type: "techdocs" })).toBe(true);
});
