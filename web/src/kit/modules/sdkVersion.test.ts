import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sdkVersion, versionMismatch } from "./sdkVersion.ts";

test("a module runs with any SDK of its major version that is not older than it asks for", () => {
  expect(["1", "1.0", "1.2", "1.2.9"].map((wanted) => versionMismatch(wanted, "1.2.0"))).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

test("a module for another major version, or a newer minor one, is told which there is", () => {
  for (const wanted of ["2.0", "0.9", "1.3", "10.0"]) {
    expect(versionMismatch(wanted, "1.2.0")).toBe(
      `was written for version ${wanted} of the SDK, and this portal has 1.2.0`,
    );
  }
});

test("a version that is none is called so", () => {
  expect(versionMismatch("latest")).toContain("which is none");
  expect(versionMismatch(undefined)).toContain("does not say");
  expect(versionMismatch(1)).toContain("does not say");
});

test("the package that authors install has the version that the portal gives", () => {
  const text = readFileSync(join(import.meta.dirname, "../../../sdk/package.json"), "utf8");
  expect(JSON.parse(text).version).toBe(sdkVersion);
});
