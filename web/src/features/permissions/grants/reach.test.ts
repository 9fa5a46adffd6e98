import { expect, test } from "vitest";
import { type KnownPermission, reachOf, resourceTypesOf } from "./reach.ts";

const permissions: KnownPermission[] = [
  { name: "audit.event.read", action: "READ", resourceType: null },
  { name: "catalog.entity.read", action: "READ", resourceType: "catalog-entity" },
  { name: "catalog.entity.delete", action: "DELETE", resourceType: "catalog-entity" },
  { name: "policy.entity.read", action: "READ", resourceType: "policy-entity" },
];

const names = (permission: string, action: KnownPermission["action"] | null = null) =>
  reachOf({ permission, action }, permissions).map(({ name }) => name);

test("a name reaches itself, a pattern what it matches", () => {
  expect(names("catalog.entity.read")).toEqual(["catalog.entity.read"]);
  expect(names("catalog.*")).toEqual(["catalog.entity.read", "catalog.entity.delete"]);
  expect(names("*.read")).toEqual(["audit.event.read", "catalog.entity.read", "policy.entity.read"]);
  expect(names("*.entity.*d")).toEqual(["catalog.entity.read", "policy.entity.read"]);
  expect(names("catalogXentity.read")).toEqual([]);
  expect(names("(")).toEqual([]);
});

test("a type of resources with an action reaches what does that to them", () => {
  expect(names("catalog-entity", "DELETE")).toEqual(["catalog.entity.delete"]);
  expect(names("catalog-entity", "USE")).toEqual([]);
});

test("conditions are about the types of what is reached", () => {
  const types = (permission: string, action: KnownPermission["action"] | null = null) =>
    resourceTypesOf({ permission, action }, permissions);
  expect(types("catalog.entity.read")).toEqual(["catalog-entity"]);
  expect(types("*.read")).toEqual(["catalog-entity", "policy-entity"]);
  expect(types("audit.event.read")).toEqual([]);
  expect(types("scaffolder.task.read")).toEqual(["catalog-entity", "policy-entity"]);
  expect(types("catalog-entity", "USE")).toEqual(["catalog-entity"]);
});
