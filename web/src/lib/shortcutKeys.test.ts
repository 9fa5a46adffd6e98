import { expect, test } from "vitest";
import { isCharacter, keyFaces, type Shortcut, shortcutFor } from "./shortcutKeys.ts";

const shortcut = (keys: string, more: Partial<Shortcut> = {}): Shortcut => ({
  keys,
  scope: "page",
  isFallback: false,
  run: () => {},
  ...more,
});
const press = (key: string, isCommand = false) => ({ key, isCommand });

test("a key alone, two in a row, and one with Control are told apart", () => {
  const all = [shortcut("k"), shortcut("g k"), shortcut("mod+k")];
  expect(shortcutFor(all, press("k"), "")?.keys).toBe("k");
  expect(shortcutFor(all.slice(1), press("k"), "g")?.keys).toBe("g k");
  expect(shortcutFor(all.slice(1), press("k"), "h")).toBeUndefined();
  expect(shortcutFor(all, press("K", true), "g")?.keys).toBe("mod+k");
});

test("what was added last wins, and a fallback only where nothing else listens", () => {
  const own = shortcut("/");
  const fallback = shortcut("/", { isFallback: true });
  expect(shortcutFor([shortcut("/"), own, fallback], press("/"), "")).toBe(own);
  expect(shortcutFor([fallback], press("/"), "")).toBe(fallback);
});

test("a shortcut that is only told of runs nothing", () => {
  expect(shortcutFor([shortcut("j", { run: undefined })], press("j"), "")).toBeUndefined();
});

test("characters are what somebody who dictates may say", () => {
  expect(["/", "g c", "?"].filter(isCharacter)).toEqual(["/", "g c", "?"]);
  expect(["Escape", "mod+k", "mod+Enter"].filter(isCharacter)).toEqual([]);
});

test("keys are shown as they are on the keyboard at hand", () => {
  expect(keyFaces("mod+k", true)).toEqual(["⌘", "K"]);
  expect(keyFaces("mod+Enter", false)).toEqual(["Ctrl", "↵"]);
  expect(keyFaces("g c", false)).toEqual(["g", "c"]);
});
