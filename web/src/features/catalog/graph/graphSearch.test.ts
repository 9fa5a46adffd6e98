import { expect, test } from "vitest";
import {
  changed,
  extentOf,
  type GraphSearch,
  readGraphSearch,
  rootedAt,
  seeksPath,
  toggled,
  withEnd,
  withoutPath,
} from "./graphSearch.ts";

const whole: GraphSearch = {
  root: ["component:default/cart", "api:shop/orders"],
  depth: 3,
  kind: ["component"],
  relation: ["dependsOn"],
  follow: "incoming",
  direction: "down",
  pairs: "split",
  text: "cart",
  node: "api:shop/orders",
  view: "list",
  from: "component:default/cart",
  to: "group:default/crew",
};

test("an address says all there is to know about a view", () => {
  expect(readGraphSearch({ ...whole })).toEqual(whole);
  const texts = Object.fromEntries(
    Object.entries(whole).map(([key, value]) => [key, Array.isArray(value) ? value : String(value)]),
  );
  expect(readGraphSearch(texts)).toEqual(whole);
});

test("an address that anyone wrote is read as far as it makes sense", () => {
  const strange = {
    root: ["nonsense", "Component:Default/Cart"],
    depth: "-4",
    follow: "up",
    view: "globe",
    node: "x",
    from: "",
  };
  expect(readGraphSearch(strange)).toEqual({ root: ["component:default/cart"] });
  expect(readGraphSearch({ depth: "99" })).toEqual({ depth: 20 });
  expect(readGraphSearch({ depth: "1" })).toEqual({});
  expect(readGraphSearch({ relation: ["ownerOf", "ownedby", "our-own"] })).toEqual({
    relation: ["ownedBy", "our-own"],
  });
  expect(readGraphSearch({ root: Array.from({ length: 200 }, (_, n) => `component:default/c${n}`) }).root).toHaveLength(
    100,
  );
});

test("what depends on something is told of one entity, along the relations that say so", () => {
  expect(readGraphSearch({ ...whole, follow: "dependents", text: "", from: "", to: "" })).toEqual({
    root: ["component:default/cart"],
    depth: 3,
    follow: "dependents",
    direction: "down",
    pairs: "split",
    node: "api:shop/orders",
    view: "list",
  });
});

test("names are chosen and taken away again", () => {
  const search = toggled(toggled({}, "kind", "api"), "kind", "component");
  expect(search).toEqual({ kind: ["api", "component"] });
  expect(toggled(toggled(search, "kind", "api"), "kind", "component")).toEqual({});
});

test("what is begun at elsewhere has nothing selected", () => {
  expect(rootedAt(whole, "user:default/ada")).toMatchObject({
    root: ["user:default/ada"],
    depth: 3,
  });
  expect(rootedAt(whole, "user:default/ada").node).toBeUndefined();
});

test("the ends of a way are picked one after the other", () => {
  const first = withEnd({ mode: "path" }, "component:default/a");
  expect(first).toEqual({ from: "component:default/a" });
  expect(withEnd(first ?? {}, "component:default/a")).toBeNull();
  const both = withEnd(first ?? {}, "component:default/b");
  expect(both).toEqual({ from: "component:default/a", to: "component:default/b" });
  expect(withEnd(both ?? {}, "component:default/c")).toBeNull();
  expect(withoutPath(both ?? {})).toEqual({});
  expect([{}, { mode: "path" as const }, first ?? {}, both ?? {}].map(seeksPath)).toEqual([false, true, true, true]);
});

test("what is found and selected does not change what fits into the window", () => {
  const { text, node, view, ...rest } = whole;
  expect(extentOf(whole)).toBe(extentOf(rest));
  expect(extentOf(whole)).not.toBe(extentOf(changed(whole, { depth: 4 })));
});
