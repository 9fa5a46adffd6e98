import type { Box, Flow } from "./edgePath.ts";

/** Shorter ranks than this are left as they are. */
const longest = 1200;

/** How much longer across the flow than along it a drawing may be, as windows are wider than high. */
const proportions = { right: 0.8, down: 1.8 } as const;

const mostColumns = 16;

interface Placed {
  ref: string;
  start: number;
}

/**
 * Lays long ranks in several columns, beside each other and in the same order, until the drawing has about the shape of
 * a window. Says null where that is not needed.
 */
export function fold(
  boxes: ReadonlyMap<string, Box>,
  flow: Flow,
  gaps: { between: number; ranks: number },
): Map<string, Box> | null {
  const [first] = boxes.values();
  if (!first) return null;
  const isRight = flow === "right";
  const size = isRight ? { along: first.width, across: first.height } : { along: first.height, across: first.width };
  const ranks = ranksOf(boxes, isRight);
  const step = size.along + gaps.ranks / (isRight ? 2 : 3);
  let best = { columns: 1, ranks: ranks.map((rank) => [rank]) };
  const across = () => Math.max(...best.ranks.flat(2).map(({ start }) => start)) + size.across;
  const along = () =>
    best.ranks.reduce((sum, rank) => sum + (rank.length - 1) * step + size.along + gaps.ranks, -gaps.ranks);
  const isTooLong = () => across() > longest && across() > along() * proportions[flow];
  while (isTooLong() && best.columns < mostColumns) {
    const columns = best.columns + 1;
    best = { columns, ranks: ranks.map((rank) => inColumns(rank, columns, size.across + gaps.between)) };
  }
  if (best.columns === 1) return null;
  const folded = new Map<string, Box>();
  let at = 0;
  for (const rank of best.ranks) {
    for (const [position, column] of rank.entries()) {
      for (const { ref, start } of column) {
        const place = at + position * step;
        folded.set(ref, { ...first, ...(isRight ? { x: place, y: start } : { x: start, y: place }) });
      }
    }
    at += (rank.length - 1) * step + size.along + gaps.ranks;
  }
  return folded;
}

/** What has the same place along the flow, in the order across it. */
function ranksOf(boxes: ReadonlyMap<string, Box>, isRight: boolean): Placed[][] {
  const ranks = new Map<number, Placed[]>();
  for (const [ref, { x, y }] of boxes) {
    const [along, start] = isRight ? [x, y] : [y, x];
    const key = Math.round(along);
    ranks.set(key, [...(ranks.get(key) ?? []), { ref, start }]);
  }
  const sorted = [...ranks].sort(([one], [other]) => one - other);
  return sorted.map(([, rank]) => rank.sort((one, other) => one.start - other.start));
}

/** Draws a rank together so that it fits into as many columns; each goes into the first that has room where it is. */
function inColumns(rank: readonly Placed[], most: number, pitch: number): Placed[][] {
  const columns: { nodes: Placed[]; free: number }[] = [];
  for (const { ref, start } of rank) {
    const wanted = start / most;
    let column = columns.find(({ free }) => free <= wanted);
    if (!column && columns.length < most) {
      column = { nodes: [], free: 0 };
      columns.push(column);
    }
    column ??= columns.reduce((one, other) => (other.free < one.free ? other : one));
    const place = Math.max(wanted, column.free);
    column.nodes.push({ ref, start: place });
    column.free = place + pitch;
  }
  return columns.map(({ nodes }) => nodes);
}
