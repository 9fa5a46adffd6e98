import type { Ref, RefObject } from "react";
import { Waiting } from "#ui/Waiting.tsx";
import type { DrawnNode } from "../drawing.ts";
import type { GraphData } from "../graphData.ts";
import type { GraphSearch } from "../graphSearch.ts";
import { useLaidOut } from "../laidOut.ts";
import { type CanvasControls, GraphCanvas } from "./GraphCanvas.tsx";

interface CanvasPartProps {
  data: GraphData;
  search: GraphSearch;
  found: readonly string[] | null;
  hasMinimap: boolean;
  /** What floats over the top of the canvas. */
  above: RefObject<HTMLElement | null>;
  onSelect: (node: DrawnNode) => void;
  onBegin: (node: DrawnNode) => void;
  controls: Ref<CanvasControls>;
}

/** The canvas once everything on it has its place. Load it on demand: it brings React Flow with it. */
export function CanvasPart({ data, search, found, above, ...rest }: CanvasPartProps) {
  const { laidOut, isBusy } = useLaidOut(data.drawing, search.direction ?? "right", data.extent);
  if (!laidOut) return <Waiting />;
  return (
    <div aria-busy={isBusy || undefined}>
      <GraphCanvas
        {...rest}
        laidOut={laidOut}
        selected={search.node}
        found={found}
        covered={() => above.current?.offsetHeight ?? 0}
      />
    </div>
  );
}
