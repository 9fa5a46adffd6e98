import { expect, test } from "vitest";
import { fileName, wholeShape } from "./wholeText.ts";

const whole = {
  apiVersion: "backstage.io/v1alpha1",
  kind: "Component",
  metadata: { name: "shop" },
  uid: "u1",
  etag: "e1",
  spec: { type: "service" },
  status: [],
  relations: { totalCount: 1, nodes: [{ type: "ownedBy", targetRef: "group:default/web" }] },
};

test("the whole of an entity has its ids among its metadata, and no status where there is none", () => {
  expect(wholeShape(whole)).toEqual({
    apiVersion: "backstage.io/v1alpha1",
    kind: "Component",
    metadata: { name: "shop", uid: "u1", etag: "e1" },
    spec: { type: "service" },
    relations: [{ type: "ownedBy", targetRef: "group:default/web" }],
  });
  const item = { type: "reading", level: "error", message: "no", error: null };
  expect(wholeShape({ ...whole, status: [item] }).status).toEqual({
    items: [{ type: "reading", level: "error", message: "no" }],
  });
});

test("the file of an entity is named so that every system takes it", () => {
  expect(fileName("component:default/shop", "yaml")).toBe("component-default-shop.yaml");
});
