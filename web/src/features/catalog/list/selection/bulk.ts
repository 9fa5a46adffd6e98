import { reason } from "#lib/graphql/failure.ts";

/** How many of several acts were done, and why the first that was not was not. */
export interface Outcome {
  done: number;
  failed: number;
  reason: string;
}

/** Few enough that others still get their answers. */
const atOnce = 4;

/** Does something with each, a few at a time; one that fails stops none of the others. */
export async function forEach<Item>(items: readonly Item[], act: (item: Item) => Promise<unknown>): Promise<Outcome> {
  const outcome: Outcome = { done: 0, failed: 0, reason: "" };
  const waiting = [...items];
  const work = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      try {
        await act(item);
        outcome.done += 1;
      } catch (error) {
        outcome.failed += 1;
        outcome.reason ||= reason(error);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return outcome;
}
