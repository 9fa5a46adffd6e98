import { expect, test } from "vitest";
import { address, definitionShape, faultsOf, faultsOfParts, hitShape } from "./shapes.ts";

const component = () => null;
const page = { path: "/", component };

test("what a module should export is taken", () => {
  expect(faultsOf({ sdk: "1.0", parts: {} }, definitionShape)).toEqual([]);
  expect(faultsOf({ sdk: "1.0", title: () => "On call", version: "2", parts: () => ({}) }, definitionShape)).toEqual(
    [],
  );
});

test("what is no definition is told what it lacks", () => {
  expect(faultsOf(undefined, definitionShape)).toEqual(["`the default export` must be an object"]);
  expect(faultsOf({ sdk: "1.0", part: {} }, definitionShape)).toEqual([
    "`part` is not known; there are `sdk`, `title`, `version`, `readSettings`, `wrapper`, `parts`",
    "`parts` must be an object, or a function that gives one",
  ]);
});

test("every sort of part is taken in its full and in its shortest form", () => {
  const named = { id: "one", title: "One", component };
  const parts = {
    pages: [page, { path: "/teams/:team/shifts", title: () => "Shifts", text: "All of them", component }],
    navigation: [{ title: "One", icon: "clock" }],
    entityTabs: [{ ...named, appliesTo: () => true }],
    entityCards: [{ ...named, isFlush: true, link: "/x/oncall" }],
    homeWidgets: [{ ...named, text: "For all", icon: component, width: 2, isInitial: true }],
    commands: [{ id: "one", title: "One", icon: "zap", run: () => undefined }],
    search: [{ id: "one", title: "One", find: async () => [] }],
    searchResultViews: [{ id: "one", appliesTo: () => true, component: { $$typeof: Symbol("memo") } }],
    settingsPanels: [{ ...named, icon: "bell" }],
  };
  expect(faultsOfParts(parts)).toEqual([]);
});

test("what is wrong with a part is said with where it is", () => {
  const faults = (parts: unknown) => faultsOfParts(parts)[0];
  expect(faults(null)).toBe("what `parts` gives must be an object");
  expect(faults({ page: [] })).toContain("there is nothing called `page` to add to");
  expect(faults({ pages: page })).toBe("`pages` must be a list");
  expect(faults({ pages: [page, { path: "/two" }] })).toBe("`pages[1].component` must be a component");
  expect(faults({ pages: [page, page] })).toBe("`pages[1].path` is the same as of one before it");
  expect(faults({ entityCards: [{ id: "Card", title: "Card", component }] })).toContain(
    "`entityCards[0].id` must be lower-case",
  );
  expect(faults({ entityCards: [{ id: "card", title: "Card", component, appliesto: () => true }] })).toContain(
    "`entityCards[0].appliesto` is not known",
  );
  expect(faults({ navigation: [{ title: "One", icon: "clock", group: "top" }] })).toBe(
    "`navigation[0].group` must be one of `explore`, `tools`, `manage`",
  );
});

test("a path stays below the module", () => {
  const isPath = (path: unknown) => faultsOfParts({ pages: [{ path, component }] }).length === 0;
  expect(["/", "/a", "/a/:b", "/v1.2/~x"].filter(isPath)).toEqual(["/", "/a", "/a/:b", "/v1.2/~x"]);
  expect(["", "a", "//a", "/a/", "/../admin", "/a/..", "/a?b", "/:", "/a b", 1].filter(isPath)).toEqual([]);
});

test("an address stays in the portal", () => {
  expect(["/", "/catalog?kind=api&text=a", "/x/oncall"].filter((one) => address(one) === null)).toHaveLength(3);
  const others = [
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "/a b",
    "",
    "x",
    1,
  ];
  expect(others.filter((one) => address(one) === null)).toEqual([]);
});

test("what a search finds leads to places of the portal alone", () => {
  expect(faultsOf({ id: "a", title: "A", address: "/x/a" }, hitShape)).toEqual([]);
  expect(faultsOf({ id: "a", title: "A", address: "https://evil.example" }, hitShape, "hits[0]")[0]).toContain(
    "`hits[0].address`",
  );
});
