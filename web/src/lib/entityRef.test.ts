import { expect, test } from "vitest";
import { formatEntityRef, parseEntityRef, shortName } from "./entityRef.ts";

test("a full reference comes apart and together again", () => {
  const parts = parseEntityRef("component:shop/cart");
  expect(parts).toEqual({ kind: "component", namespace: "shop", name: "cart" });
  expect(parts && formatEntityRef(parts)).toBe("component:shop/cart");
});

test("anything else is no reference", () => {
  for (const text of ["", "cart", "shop/cart", "component:cart", "a:b/c/d", "a:b:c/d", ":/", "a:/b"]) {
    expect(parseEntityRef(text), text).toBeNull();
  }
});

test("the default namespace goes without saying", () => {
  expect(["group:default/shop", "group:eu/shop", "nonsense"].map(shortName)).toEqual(["shop", "eu/shop", "nonsense"]);
});
