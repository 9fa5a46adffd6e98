/** Rows above and below what is in sight, so that the keyboard and a quick hand find them there. */
const spare = 12;

/** Which rows of a long list to draw: from `first`, up to but not with `last`. */
export function rowsInSight(
  count: number,
  rowHeight: number,
  { top, height }: { top: number; height: number },
): { first: number; last: number } {
  const first = Math.max(0, Math.floor(top / rowHeight) - spare);
  const last = Math.min(count, Math.ceil((top + height) / rowHeight) + spare);
  return { first: Math.min(first, last), last };
}
