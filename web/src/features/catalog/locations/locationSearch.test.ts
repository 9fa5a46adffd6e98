import { expect, test } from "vitest";
import { changed, isNarrowed, readLocationSearch } from "./locationSearch.ts";

test("an address is read whoever wrote it", () => {
  expect(readLocationSearch({ text: "shop", origin: "REGISTERED", failed: "true", after: "x" })).toEqual({
    text: "shop",
    origin: "REGISTERED",
    failed: true,
    after: "x",
  });
  expect(readLocationSearch({ text: ["a", "b"], origin: "nobody", failed: "perhaps" })).toEqual({ text: "a" });
  expect(readLocationSearch({ provider: ["acme", "other"] })).toEqual({ provider: "acme" });
  expect(readLocationSearch({ failed: false })).toEqual({ failed: false });
});

test("what is narrowed anew begins at its first page", () => {
  expect(changed({ text: "shop", after: "x" }, { failed: true })).toEqual({ text: "shop", failed: true });
  expect(changed({ failed: true }, { failed: undefined })).toEqual({});
});

test("a later page alone narrows nothing", () => {
  expect(isNarrowed({ after: "x" })).toBe(false);
  expect(isNarrowed({ failed: false })).toBe(true);
});
