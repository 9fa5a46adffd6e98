import { Blocks, Clock } from "lucide-react";
import { expect, test } from "vitest";
import { iconNamed } from "./icons.ts";

test("a name without an icon has one all the same", () => {
  expect(iconNamed("clock")).toBe(Clock);
  for (const name of ["", "Clock", "constructor", "__proto__"]) expect(iconNamed(name), name).toBe(Blocks);
});
