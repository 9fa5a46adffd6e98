import { useEffect, useMemo, useState } from "react";
import type { Drawing } from "./drawing.ts";
import type { Flow } from "./edgePath.ts";
import type { Layout } from "./layout.ts";
import { layOutInWorker } from "./layoutInWorker.ts";

/** A drawing with the place of everything in it. */
export interface LaidOut {
  drawing: Drawing;
  layout: Layout;
  /** What was asked for, as far as it says what fits into the window. */
  extent: string;
}

interface Placed extends LaidOut {
  key: string;
}

/**
 * A drawing as soon as it is laid out; until then the one of before. What changes without anything coming, going or
 * being related anew stays where it is.
 */
export function useLaidOut(drawing: Drawing, flow: Flow, extent: string): { laidOut: LaidOut | null; isBusy: boolean } {
  const [placed, setPlaced] = useState<Placed | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  const key = useMemo(() => keyOf(drawing, flow), [drawing, flow]);
  const isPlaced = placed?.key === key;
  useEffect(() => {
    if (isPlaced) return;
    let isWanted = true;
    const structure = {
      nodes: drawing.nodes.map(({ ref }) => ref),
      edges: drawing.edges.map(({ id, source, target }) => ({ id, source, target })),
      flow,
    };
    layOutInWorker(structure).then(
      (layout) => isWanted && setPlaced({ drawing, layout, extent, key }),
      (error) => isWanted && setFailure(error),
    );
    return () => {
      isWanted = false;
    };
  }, [isPlaced, key, drawing, flow, extent]);
  const layout = placed?.layout;
  const current = useMemo(
    () => (isPlaced && layout ? { drawing, layout, extent } : null),
    [isPlaced, layout, drawing, extent],
  );
  if (failure) throw failure;
  return { laidOut: current ?? placed, isBusy: !isPlaced };
}

function keyOf({ nodes, edges }: Drawing, flow: Flow): string {
  return [flow, ...nodes.map(({ ref }) => ref), "", ...edges.map(({ id }) => id)].join("\n");
}
