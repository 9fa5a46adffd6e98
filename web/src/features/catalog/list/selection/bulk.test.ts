import { expect, test } from "vitest";
import { Failure } from "#lib/graphql/failure.ts";
import { forEach } from "./bulk.ts";

test("each is done once, few at a time, and one that fails stops no other", async () => {
  let running = 0;
  let most = 0;
  const seen: number[] = [];
  const outcome = await forEach(
    Array.from({ length: 11 }, (_, number) => number),
    async (number) => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      seen.push(number);
      running -= 1;
      if (number === 3) throw new Failure("NOT_FOUND", "it is gone");
    },
  );
  expect(seen.sort((one, other) => one - other)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(most).toBe(4);
  expect(outcome).toEqual({ done: 10, failed: 1, reason: "It is gone." });
});
