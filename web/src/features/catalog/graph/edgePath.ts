/** A place in the drawing. */
export interface Point {
  x: number;
  y: number;
}

/** What takes up room in the drawing, from its corner at the top left. */
export interface Box extends Point {
  width: number;
  height: number;
}

/** Which way relations point: from left to right, or from the top down. */
export type Flow = "right" | "down";

/** How a relation is drawn: a line, its head, and where words about it may stand. */
export interface EdgePath {
  line: string;
  head: string;
  middle: Point;
}

/** A place by how far it is along the flow, and across it; the same code then draws both ways. */
interface Place {
  along: number;
  across: number;
}

interface Span {
  start: Place;
  end: Place;
}

const headLength = 8;
const headWidth = 4;
const betweenParallels = 8;
const labelHeight = 20;
const leastBulge = 40;
const mostBulge = 160;

/**
 * The way from one box to another, through places between them if told. `turn` tells relations apart that lie between
 * the same two: 0 for the only one.
 */
export function edgePath(source: Box, target: Box, flow: Flow, turn = 0, through: readonly Point[] = []): EdgePath {
  const [from, to] = [spanOf(source, flow), spanOf(target, flow)];
  const aside = turn * betweenParallels;
  const heading = to.start.along >= from.end.along ? 1 : to.end.along <= from.start.along ? -1 : 0;
  if (heading === 0) return bulging(from, to, turn, flow);
  const start = { along: heading > 0 ? from.end.along : from.start.along, across: middleOf(from) + aside };
  const end = { along: heading > 0 ? to.start.along : to.end.along, across: middleOf(to) + aside };
  const base = { ...end, along: end.along - heading * headLength };
  const stops = [start, ...through.map((point) => beside(placeOf(point, flow), aside)), base];
  const curves = stops.slice(1).map((stop, position) => {
    const before = stops[position] ?? start;
    const half = (before.along + stop.along) / 2;
    return `C${write([{ along: half, across: before.across }, { along: half, across: stop.across }, stop], flow)}`;
  });
  const [before, after] = [
    stops[Math.floor((stops.length - 1) / 2)] ?? start,
    stops[Math.ceil(stops.length / 2)] ?? end,
  ];
  return {
    line: `M${write([start], flow)}${curves.join("")}`,
    head: headAt(end, heading, flow),
    middle: labelPlace(
      { along: (before.along + after.along) / 2, across: (before.across + after.across) / 2 },
      flow,
      turn,
    ),
  };
}

/** Between boxes beside each other, or from one to itself: out and back again at the same side. */
function bulging(from: Span, to: Span, turn: number, flow: Flow): EdgePath {
  const aside = turn * betweenParallels;
  const isLoop = from.start.across === to.start.across && from.start.along === to.start.along;
  const quarter = (from.end.across - from.start.across) / 4;
  const start = { along: from.end.along, across: middleOf(from) + aside - (isLoop ? quarter : 0) };
  const end = { along: to.end.along, across: middleOf(to) + aside + (isLoop ? quarter : 0) };
  const distance = Math.abs(end.across - start.across);
  const out = Math.max(start.along, end.along) + Math.min(mostBulge, leastBulge + distance / 4) + Math.abs(aside);
  const base = { ...end, along: end.along + headLength };
  const by = [{ along: out, across: start.across }, { along: out, across: end.across }, base];
  return {
    line: `M${write([start], flow)}C${write(by, flow)}`,
    head: headAt(end, -1, flow),
    middle: labelPlace({ along: (start.along + 3 * out) / 4, across: (start.across + end.across) / 2 }, flow, turn),
  };
}

/** Words of parallel relations stand under one another. */
function labelPlace(middle: Place, flow: Flow, turn: number): Point {
  const { x, y } = pointOf(middle, flow);
  return { x, y: y + turn * (flow === "right" ? labelHeight - betweenParallels : labelHeight) };
}

function headAt(tip: Place, heading: 1 | -1, flow: Flow): string {
  const along = tip.along - heading * headLength;
  const sides = [-headWidth, headWidth].map((side) => ({ along, across: tip.across + side }));
  return `M${write([tip], flow)}L${write(sides, flow)}Z`;
}

function beside({ along, across }: Place, aside: number): Place {
  return { along, across: across + aside };
}

function spanOf({ x, y, width, height }: Box, flow: Flow): Span {
  return { start: placeOf({ x, y }, flow), end: placeOf({ x: x + width, y: y + height }, flow) };
}

function middleOf({ start, end }: Span): number {
  return (start.across + end.across) / 2;
}

function placeOf({ x, y }: Point, flow: Flow): Place {
  return flow === "right" ? { along: x, across: y } : { along: y, across: x };
}

function pointOf({ along, across }: Place, flow: Flow): Point {
  return flow === "right" ? { x: along, y: across } : { x: across, y: along };
}

function write(places: readonly Place[], flow: Flow): string {
  return places
    .map((place) => pointOf(place, flow))
    .map(({ x, y }) => `${round(x)},${round(y)}`)
    .join(" ");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
