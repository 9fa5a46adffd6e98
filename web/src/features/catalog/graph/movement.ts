import type { Point } from "./edgePath.ts";

const directions: Record<string, Point> = {
  ArrowRight: { x: 1, y: 0 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowDown: { x: 0, y: 1 },
  ArrowUp: { x: 0, y: -1 },
};

/** What lies more beside than ahead comes after everything else. */
const last = 1e6;

/** Whether a key leads from one node to another. */
export function isMove(key: string): boolean {
  return Object.hasOwn(directions, key);
}

/** What lies next in the direction of an arrow key; what is straight ahead comes before what is nearer but aside. */
export function nextInDirection(places: ReadonlyMap<string, Point>, from: string, key: string): string | undefined {
  const [start, direction] = [places.get(from), directions[key]];
  if (!start || !direction) return undefined;
  let nearest: { ref: string; cost: number } | undefined;
  for (const [ref, place] of places) {
    const [dx, dy] = [place.x - start.x, place.y - start.y];
    const ahead = dx * direction.x + dy * direction.y;
    if (ref === from || ahead <= 0) continue;
    const aside = Math.abs(dx * direction.y) + Math.abs(dy * direction.x);
    const isBarelyThatWay = aside > 2 * ahead;
    const cost = ahead + 2 * aside + (isBarelyThatWay ? last : 0);
    if (!nearest || cost < nearest.cost) nearest = { ref, cost };
  }
  return nearest?.ref;
}
