import { expect, test } from "vitest";
import { together } from "./together.ts";

test("what is asked for in one turn is fetched at once, each key once", async () => {
  const fetched: (readonly string[])[] = [];
  const ask = together(async (keys) => {
    fetched.push(keys);
    return (key) => key.length;
  });
  expect(await Promise.all([ask("a"), ask("bcd"), ask("a")])).toEqual([1, 3, 1]);
  expect(await ask("ef")).toBe(2);
  expect(fetched).toEqual([["a", "bcd"], ["ef"]]);
});

test("what goes wrong with one key is no matter to the others, and with all of them to the next turn", async () => {
  let isDown = false;
  const ask = together(async () => {
    if (isDown) throw new Error("down");
    return (key) => {
      if (key === "bad") throw new Error("refused");
      return key;
    };
  });
  const [good, bad] = await Promise.allSettled([ask("good"), ask("bad")]);
  expect([good?.status, bad?.status]).toEqual(["fulfilled", "rejected"]);
  isDown = true;
  await expect(Promise.all([ask("good"), ask("other")])).rejects.toThrow("down");
  isDown = false;
  expect(await ask("good")).toBe("good");
});
