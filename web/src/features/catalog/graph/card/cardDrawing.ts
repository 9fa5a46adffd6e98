import { type Drawing, drawingOf } from "../drawing.ts";
import type { RelationGraphQuery } from "../Graph.generated.ts";
import { nodeSize } from "../nodeSize.ts";

const lowest = 96;
const highest = 360;
const between = 16;

type Graph = NonNullable<RelationGraphQuery["entityGraph"]>;

/** What is drawn on the card of an entity: its own relations, without those among its neighbours. */
export function cardDrawing(graph: Graph, root: string): Drawing {
  const { nodes, edges } = drawn(graph, root);
  return { nodes, edges: edges.filter(({ source, target }) => source === root || target === root) };
}

/** What is drawn of the inside of an entity: how its parts are related to one another, without those that are not. */
export function insideDrawing(graph: Graph, root: string): Drawing {
  const { nodes, edges } = drawn(graph, root);
  const parts = new Set(
    edges.filter(({ target, type }) => target === root && type === "partOf").map(({ source }) => source),
  );
  const inner = edges.filter(({ source, target }) => parts.has(source) && parts.has(target));
  const related = new Set(inner.flatMap(({ source, target }) => [source, target]));
  return { nodes: nodes.filter(({ ref }) => related.has(ref)), edges: inner };
}

function drawn(graph: Graph, root: string): Drawing {
  const { nodes, edges } = drawingOf({ graph }, { roots: [root], isSplit: false });
  // That more lies behind nearly all of them needs no saying here.
  return { nodes: nodes.map((node) => ({ ...node, hasMore: false })), edges };
}

/** How high the picture will be, known before it is laid out, so that nothing moves when it comes. */
export function cardHeight({ nodes, edges }: Drawing, root: string): number {
  const others = (isSource: boolean) =>
    new Set(edges.map(({ source, target }) => (isSource ? source : target)).filter((ref) => ref !== root)).size;
  const isAround = nodes.some(({ ref }) => ref === root);
  // Without a middle, how many stand in one rank is not known; seldom more than half of them do.
  const longer = isAround ? Math.max(others(true), others(false), 1) : Math.ceil(nodes.length / 2);
  return Math.min(highest, Math.max(lowest, longer * (nodeSize.height + between) - between));
}
