/** How many rows are fetched together; the same as on a page, so that the first of them are those of the first page. */
export const chunkSize = 50;

/** How many rows may be passed over at once on the way to some in the middle; the server gives no more. */
const longestStep = 500;

/** The cursors of the rows that are known, by their place in the list. */
export type Positions = ReadonlyMap<number, string>;

/** One step towards a row: so many rows after a known one, or before it. */
export interface Step {
  direction: "forward" | "backward";
  /** Where it begins; absent for the start, or the end, of the list. */
  cursor: string | undefined;
  count: number;
  /** The row whose cursor is known then. */
  reaches: number;
}

/**
 * The next step on the shortest way to the cursor of a row. The server pages by cursor, so that nobody can go to row
 * 70,000 at once: one walks there, from the nearest row that is known, or from the end. Null where it is known.
 */
export function nextStep(positions: Positions, row: number, count: number): Step | null {
  if (row < 0 || row >= count || positions.has(row)) return null;
  let below = -1;
  let above = count;
  for (const place of positions.keys()) {
    if (place < row) below = Math.max(below, place);
    else above = Math.min(above, place);
  }
  const isForward = row - below <= above - row;
  const steps = Math.min(longestStep, isForward ? row - below : above - row);
  return isForward
    ? { direction: "forward", cursor: positions.get(below), count: steps, reaches: below + steps }
    : { direction: "backward", cursor: positions.get(above), count: steps, reaches: above - steps };
}

/** The chunks that hold these rows. */
export function chunksOf(from: number, to: number): number[] {
  const [first, last] = [Math.floor(from / chunkSize), Math.ceil(to / chunkSize)];
  return Array.from({ length: Math.max(0, last - first) }, (_, position) => first + position);
}

/** The row whose cursor a chunk comes after; before the first row there is none. */
export function rowBefore(chunk: number): number {
  return chunk * chunkSize - 1;
}

/** The rows in sight, with some above and below, when the list begins so far from the top of the window. */
export function rowsInSight(
  { top, height, rowHeight, count }: { top: number; height: number; rowHeight: number; count: number },
  spare: number,
): { from: number; to: number } {
  const first = Math.floor(-top / rowHeight);
  const from = Math.min(Math.max(0, first - spare), Math.max(0, count - 1));
  const to = Math.min(count, Math.max(from, first + Math.ceil(height / rowHeight) + spare));
  return { from, to };
}
