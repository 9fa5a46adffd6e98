import type { ReactFlowInstance } from "@xyflow/react";
import type { LaidOut } from "../laidOut.ts";
import type { Layout } from "../layout.ts";
import { nodeSize } from "../nodeSize.ts";
import type { EntityNode } from "./CanvasNode.tsx";

type Flow = ReactFlowInstance<EntityNode>;

const margin = 32;
const leastReadable = 0.4;
const atFirst = 0.75;

/** Whether all of it fits into the window, and can still be read. */
export function isReadable({ width, height }: Layout, frame: HTMLElement, covered: number): boolean {
  const room = { width: frame.clientWidth - 2 * margin, height: frame.clientHeight - covered - 2 * margin };
  return Math.min(room.width / width, room.height / height) >= leastReadable;
}

/** Brings everything into sight, beside what covers the top. */
export function showWhole(flow: Flow, covered: number) {
  const side = `${margin}px` as const;
  const padding = { top: `${covered + margin}px`, right: side, bottom: side, left: side } as const;
  void flow.fitView({ padding, maxZoom: 1.1, duration: duration() });
}

/** Brings one node into the middle. */
export function centred(flow: Flow, { layout }: LaidOut, ref: string | null, zoom = atFirst) {
  const place = ref === null ? undefined : layout.nodes.get(ref);
  if (!place) return;
  const { width, height } = nodeSize;
  void flow.setCenter(place.x + width / 2, place.y + height / 2, { zoom, duration: duration() });
}

function duration(): number {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 160;
}
