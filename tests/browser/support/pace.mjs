// How long a page takes to answer what somebody does on it, by its own clock.

/**
 * Milliseconds from doing something to the frame in which `isDone` holds and is painted; both run in the page.
 * @param act what is done, given `argument`
 * @param isDone whether the answer is on the page, given `argument`
 */
export function timed(page, { act, isDone, argument }) {
  return page.evaluate(
    async ({ act, isDone, argument }) => {
      const [start, check] = [act, isDone].map((source) => new Function(`return (${source})`)());
      const frame = () => new Promise((painted) => requestAnimationFrame(painted));
      const began = performance.now();
      start(argument);
      while (!check(argument)) await frame();
      await frame();
      return performance.now() - began;
    },
    { act: String(act), isDone: String(isDone), argument },
  );
}

/** The value that so large a share of them does not exceed. */
export function percentile(values, share) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
}
