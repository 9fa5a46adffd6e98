import { type Drawing, drawingOf } from "../drawing.ts";
import type { RelationGraphQuery } from "../Graph.generated.ts";
import { nodeSize } from "../nodeSize.ts";

const lowest = 96;
const highest = 360;
const between = 16;

/** What is drawn on the card of an entity: its own relations, without those among its neighbours. */
export function cardDrawing(graph: NonNullable<RelationGraphQuery["entityGraph"]>, root: string): Drawing {
  const { nodes, edges } = drawingOf({ graph }, { roots: [root], isSplit: false });
  return {
    // That more lies behind nearly all of them needs no saying here.
    nodes: nodes.map((node) => ({ ...node, hasMore: false })),
    edges: edges.filter(({ source, target }) => source === root || target === root),
  };
}

/** How high the picture will be, known before it is laid out, so that nothing moves when it comes. */
export function cardHeight({ edges }: Drawing, root: string): number {
  const others = (isSource: boolean) =>
    new Set(edges.map(({ source, target }) => (isSource ? source : target)).filter((ref) => ref !== root)).size;
  const longer = Math.max(others(true), others(false), 1);
  return Math.min(highest, Math.max(lowest, longer * (nodeSize.height + between) - between));
}
