import type { Ref, RefObject } from "react";
import { Waiting } from "#ui/Waiting.tsx";
import type { DrawnNode } from "../drawing.ts";
import type { GraphData } from "../graphData.ts";
import type { GraphSearch } from "../graphSearch.ts";
import { useLaidOut } from "../laidOut.ts";
import { type CanvasControls, GraphCanvas } from "./GraphCanvas.tsx";
import type { Insets } from "./viewing.ts";

/** As much of the height as the panel takes at most, where it is at the bottom. */
const mostBelow = 0.45;

interface CanvasPartProps {
  data: GraphData;
  search: GraphSearch;
  found: readonly string[] | null;
  hasMinimap: boolean;
  /** What floats over the canvas: at the top, and beside it or below. */
  above: RefObject<HTMLElement | null>;
  panel: RefObject<HTMLElement | null>;
  onSelect: (node: DrawnNode) => void;
  onBegin: (node: DrawnNode) => void;
  controls: Ref<CanvasControls>;
}

/** The canvas once everything on it has its place. Load it on demand: it brings React Flow with it. */
export function CanvasPart({ data, search, found, above, panel, ...rest }: CanvasPartProps) {
  const { laidOut, isBusy } = useLaidOut(data.drawing, search.direction ?? "right", data.extent);
  if (!laidOut) return <Waiting />;
  return (
    <div aria-busy={isBusy || undefined}>
      <GraphCanvas
        {...rest}
        laidOut={laidOut}
        selected={search.node}
        found={found}
        covered={() => coveredBy(above.current, panel.current)}
      />
    </div>
  );
}

/** However much is known of what was chosen by now, the room for it is what is covered. */
function coveredBy(above: HTMLElement | null, panel: HTMLElement | null): Insets {
  const top = above ? above.offsetTop + above.offsetHeight : 0;
  if (!panel) return { top, right: 0, bottom: 0 };
  const room = panel.offsetParent ?? panel;
  const isBelow = panel.offsetWidth > room.clientWidth / 2;
  if (isBelow) return { top, right: 0, bottom: room.clientHeight * mostBelow };
  return { top, right: panel.offsetWidth, bottom: 0 };
}
