import { expect, test } from "vitest";
import { readPlaces } from "./rememberedPlaces.ts";

const read = (stored: unknown) =>
  readPlaces("oncall", stored).map(({ title, target, group, order }) => ({
    title: title(),
    to: target.to,
    group,
    order,
  }));

test("the places of a module are read as they were kept", () => {
  const stored = [
    { title: "On call", address: "/x/oncall", group: "explore", order: 70 },
    { title: "Shifts", address: "/x/oncall/shifts" },
  ];
  expect(read(stored)).toEqual([
    { title: "On call", to: "/x/oncall", group: "explore", order: 70 },
    { title: "Shifts", to: "/x/oncall/shifts", group: undefined, order: undefined },
  ]);
});

test("what somebody else put there leads nowhere but to the module", () => {
  expect(read(null)).toEqual([]);
  expect(read("x")).toEqual([]);
  const addresses = ["https://evil.example", "//evil.example", "/admin", "/x/other", "/x/oncallers", 1, null];
  expect(read([null, ...addresses.map((address) => ({ title: "Here", address }))])).toEqual([]);
  expect(read([{ title: "One", address: "/x/oncall", group: "top", order: "1" }])).toEqual([
    { title: "One", to: "/x/oncall", group: undefined, order: undefined },
  ]);
});
