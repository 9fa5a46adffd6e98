const first = 500;
const longest = 30_000;

/**
 * How long to wait before a lost connection is tried again: twice as long each time, up to half a minute, and never
 * exactly, so that a server that comes back does not meet all of its clients at once.
 */
export function pauseBefore(attempt: number, random: () => number = Math.random): number {
  const whole = Math.min(longest, first * 2 ** Math.min(attempt, 10));
  return Math.round(whole / 2 + (random() * whole) / 2);
}
