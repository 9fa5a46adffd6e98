import { expect, test } from "vitest";
import { readInspectPart } from "./parts.ts";

test("an address shows the part that it names, and the first where it names none that there is", () => {
  expect(readInspectPart("ancestry")).toBe("ancestry");
  expect(readInspectPart(["yaml", "json"])).toBe("yaml");
  expect(readInspectPart("nonsense")).toBe("overview");
  expect(readInspectPart(undefined)).toBeNull();
  expect(readInspectPart("")).toBeNull();
});
