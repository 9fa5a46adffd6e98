import { expect, test } from "vitest";
import { places, readAddress } from "./places.ts";

test("places of the portal have their addresses", () => {
  expect([
    places.home(),
    places.catalog({ kind: ["api"], text: "a b" }),
    places.entity("component:default/cart"),
    places.entity("component:default/cart", "oncall.shifts"),
    places.graph("component:default/cart", "api:default/pay"),
    places.settings("oncall.settings"),
  ]).toEqual([
    "/",
    "/catalog?kind=api&text=a%20b",
    "/catalog/default/component/cart",
    "/catalog/default/component/cart/oncall.shifts",
    "/catalog-graph?root=component:default/cart&root=api:default/pay",
    "/settings/oncall.settings",
  ]);
});

test("an address leads to a place here, or to a page of others, and never runs anything", () => {
  expect(readAddress("/catalog?kind=api&kind=group")).toEqual({
    target: { to: "/catalog", search: { kind: ["api", "group"] } },
  });
  expect(readAddress("/x/oncall")).toEqual({ target: { to: "/x/oncall" } });
  expect(readAddress("https://example.org/a")).toEqual({ href: "https://example.org/a" });
  for (const bad of ["javascript:alert(1)", "data:text/html,x", "//evil.example", "/\\evil.example", "", "catalog"]) {
    expect(readAddress(bad), bad).toBeNull();
  }
});
