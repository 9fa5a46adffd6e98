/** How many rows are fetched together; the same as on a page, so that the first of them are those of the first page. */
export const chunkSize = 50;

/** Rows drawn above and below what is in sight, so that the keyboard and a quick hand find them there. */
const spare = 10;

/** Some rows of a list: from the first, up to but not with the last. */
export interface Stretch {
  from: number;
  to: number;
}

/** The chunk that a row is in. */
export function chunkOf(row: number): number {
  return Math.floor(row / chunkSize);
}

/** The chunks that hold these rows. */
export function chunksOf({ from, to }: Stretch): number[] {
  const first = chunkOf(from);
  return Array.from({ length: Math.max(0, Math.ceil(to / chunkSize) - first) }, (_, position) => first + position);
}

/**
 * The rows to draw when the list begins so far below the top of the window. They change every few rows only, so that
 * not every turn of the wheel draws the table anew.
 */
export function rowsInSight(
  { top, height, rowHeight }: { top: number; height: number; rowHeight: number },
  count: number,
): Stretch {
  const first = Math.floor(-top / rowHeight);
  const last = Math.ceil((height - top) / rowHeight);
  const to = Math.min(count, Math.max(0, Math.ceil((last + spare) / spare) * spare));
  return { from: Math.min(Math.max(0, Math.floor((first - spare) / spare) * spare), to), to };
}

/** The rows to draw, in order: those in sight, and those that must not go because the keyboard is on them. */
export function rowsToDraw({ from, to }: Stretch, kept: readonly number[], count: number): number[] {
  const rows = Array.from({ length: Math.max(0, to - from) }, (_, position) => from + position);
  const others = kept.filter((row) => row >= 0 && row < count && (row < from || row >= to));
  return [...new Set([...others, ...rows])].sort((one, other) => one - other);
}

/** The row that a key leads to from another; undefined where it leads nowhere. */
export function destination(key: string, from: number, count: number, page: number): number | undefined {
  const steps: Record<string, number> = {
    ArrowDown: 1,
    j: 1,
    ArrowUp: -1,
    k: -1,
    PageDown: page,
    PageUp: -page,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  };
  const step = steps[key];
  return step === undefined ? undefined : Math.min(Math.max(from + step, 0), count - 1);
}
