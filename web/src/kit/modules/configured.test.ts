import { expect, test } from "vitest";
import { readModuleList } from "./configured.ts";

test("modules are read with what the config says to them", () => {
  const list = [
    { id: "oncall", entry: "/modules/oncall/index.js", settings: { team: "payments" } },
    { id: "clock", entry: "https://cdn.example.org/clock.js", integrity: "sha384-abc", settings: null },
  ];
  expect(readModuleList(list)).toEqual([
    { id: "oncall", entry: "/modules/oncall/index.js", settings: { team: "payments" } },
    { id: "clock", entry: "https://cdn.example.org/clock.js", integrity: "sha384-abc", settings: {} },
  ]);
});

test("a list that is none, or a module without an address, is said to be so", () => {
  expect(() => readModuleList({})).toThrow("no list");
  expect(() => readModuleList([null])).toThrow("module 0 of the page's list has no id");
  expect(() => readModuleList([{ id: "clock" }])).toThrow("no entry");
});
