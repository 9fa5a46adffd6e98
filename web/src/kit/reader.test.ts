import { expect, test } from "vitest";
import { staysReader } from "./reader.ts";

const ada = { ref: "user:default/ada", isGuest: false };
const bob = { ref: "user:default/bob", isGuest: false };
const guest = { ref: "user:default/guest", isGuest: true };

test("a page stays with whoever opened it", () => {
  expect(staysReader(ada, { ...ada })).toBe(true);
  for (const other of [null, guest, bob]) expect(staysReader(ada, other)).toBe(false);
});

test("whoever was nobody, or a guest, may become somebody", () => {
  for (const now of [null, guest, ada]) expect(staysReader(null, now)).toBe(true);
  for (const now of [guest, ada]) expect(staysReader(guest, now)).toBe(true);
  expect(staysReader(guest, null)).toBe(false);
});
