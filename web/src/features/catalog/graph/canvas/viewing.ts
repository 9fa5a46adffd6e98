import type { ReactFlowInstance } from "@xyflow/react";
import type { LaidOut } from "../laidOut.ts";
import type { Layout } from "../layout.ts";
import { nodeSize } from "../nodeSize.ts";
import type { EntityNode } from "./CanvasNode.tsx";

type Flow = ReactFlowInstance<EntityNode>;

/** Smaller than this nothing can be read. */
const leastReadable = 0.45;

/** Smaller than this only names can be read, and only if nothing else is there. */
const leastWhole = 0.7;

/** How much of a node can be made out: all of it, its name, or no more than what it is. */
export type Distance = "near" | "middle" | "far";

/** How far away the drawing looks. */
export function distanceAt(zoom: number): Distance {
  if (zoom < leastReadable) return "far";
  return zoom < leastWhole ? "middle" : "near";
}

const margin = 32;
const atFirst = 0.75;

/** How much of each side lies under what floats above it. */
export interface Insets {
  top: number;
  right: number;
  bottom: number;
}

/** Whether all of it fits into the window, and can still be read. */
export function isReadable({ width, height }: Layout, frame: HTMLElement, { top, right, bottom }: Insets): boolean {
  const room = {
    width: frame.clientWidth - right - 2 * margin,
    height: frame.clientHeight - top - bottom - 2 * margin,
  };
  return Math.min(room.width / width, room.height / height) >= leastReadable;
}

/** Brings everything into sight, beside what covers the sides. */
export function showWhole(flow: Flow, { top, right, bottom }: Insets) {
  const padding = {
    top: `${top + margin}px`,
    right: `${right + margin}px`,
    bottom: `${bottom + margin}px`,
    left: `${margin}px`,
  } as const;
  void flow.fitView({ padding, maxZoom: 1.1, duration: duration() });
}

/** Moves what is seen no further than it takes to see a node whole. */
export function reveal(flow: Flow, frame: HTMLElement, node: HTMLElement, covered: Insets) {
  const [view, box] = [frame.getBoundingClientRect(), node.getBoundingClientRect()];
  const dx = shift([box.left, box.right], [view.left + margin, view.right - covered.right - margin]);
  const dy = shift([box.top, box.bottom], [view.top + covered.top + margin, view.bottom - covered.bottom - margin]);
  if (dx === 0 && dy === 0) return;
  const { x, y, zoom } = flow.getViewport();
  void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: duration() });
}

function shift([start, end]: [number, number], [first, last]: [number, number]): number {
  if (start < first) return first - start;
  return end > last ? last - end : 0;
}

/** Brings one node into the middle of what nothing covers, or as near to it as leaves no half of the window empty. */
export function centre(flow: Flow, { layout }: LaidOut, ref: string | null, frame: HTMLElement, covered: Insets) {
  const place = ref === null ? undefined : layout.nodes.get(ref);
  if (!place) return;
  const room = {
    width: frame.clientWidth - covered.right,
    height: frame.clientHeight - covered.top - covered.bottom,
  };
  const start = (at: number, size: number, whole: number) => {
    const free = size / atFirst - 2 * margin;
    const wanted = at - free / 2;
    const last = whole - free;
    return (last <= 0 ? last / 2 : Math.min(Math.max(wanted, 0), last)) - margin;
  };
  const x = start(place.x + nodeSize.width / 2, room.width, layout.width);
  const y = start(place.y + nodeSize.height / 2, room.height, layout.height);
  void flow.setViewport({ x: -x * atFirst, y: covered.top - y * atFirst, zoom: atFirst }, { duration: duration() });
}

function duration(): number {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 160;
}
