/** The rows from one to another, whichever is higher up; the other alone where one is not there. */
export function selectedRange<Row extends { ref: string }>(
  rows: readonly Row[],
  from: string | null,
  to: string,
): readonly Row[] {
  const [start, end] = [from, to].map((one) => rows.findIndex(({ ref }) => ref === one));
  if (start === undefined || end === undefined || end < 0) return [];
  if (start < 0) return rows.slice(end, end + 1);
  return rows.slice(Math.min(start, end), Math.max(start, end) + 1);
}
