import dagre from "@dagrejs/dagre";
import { type Box, type EdgePath, edgePath, type Flow, type Point } from "./edgePath.ts";
import { fold } from "./folding.ts";
import { nodeSize } from "./nodeSize.ts";
import { distinctPairs, type Link, pairOf, spanningForest } from "./spanning.ts";

/** With more relations than these, one to each node decides where it goes: all of them would take many seconds. */
const mostRouted = 150;

const gaps = { between: 16, ranks: 128 };

/** What is to be placed: the nodes nearest first, and what lies between them. */
export interface Structure {
  nodes: readonly string[];
  edges: readonly (Link & { id: string })[];
  flow: Flow;
}

/** Where everything is. */
export interface Layout {
  nodes: ReadonlyMap<string, Point>;
  edges: ReadonlyMap<string, EdgePath>;
  width: number;
  height: number;
}

/** Places the nodes in ranks along the relations, and draws the ways between them. */
export function layOut({ nodes, edges, flow }: Structure): Layout {
  const pairs = distinctPairs(edges);
  const isLarge = pairs.length > mostRouted;
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({
    rankdir: flow === "right" ? "LR" : "TB",
    nodesep: gaps.between,
    edgesep: gaps.between,
    ranksep: gaps.ranks,
    ...(isLarge && { ranker: "tight-tree" }),
  });
  for (const ref of nodes) graph.setNode(ref, { ...nodeSize });
  const routed = isLarge ? spanningForest(nodes, pairs) : pairs;
  for (const { source, target } of routed) graph.setEdge(source, target, {});
  dagre.layout(graph, { disableOptimalOrderHeuristic: isLarge });
  const placed = new Map(nodes.map((ref) => [ref, boxOf(graph.node(ref))]));
  const folded = fold(placed, flow, gaps);
  const boxes = folded ?? placed;
  const turns = turnsOf(edges);
  const routes = new Map(folded ? [] : routed.map((link) => [pairOf(link), link]));
  const routeOf = (edge: Link): Point[] => {
    const link = routes.get(pairOf(edge));
    const points: Point[] = link ? acrossRanks(graph.edge(link.source, link.target)?.points ?? []) : [];
    return link?.source === edge.source ? points : points.toReversed();
  };
  const paths = edges.flatMap((edge): [string, EdgePath][] => {
    const [from, to] = [boxes.get(edge.source), boxes.get(edge.target)];
    return from && to ? [[edge.id, edgePath(from, to, flow, turns.get(edge.id), routeOf(edge))]] : [];
  });
  const corners = [...boxes.values()].map(({ x, y, width, height }) => ({ right: x + width, bottom: y + height }));
  return {
    nodes: new Map([...boxes].map(([ref, { x, y }]) => [ref, { x, y }])),
    edges: new Map(paths),
    width: Math.max(0, ...corners.map(({ right }) => right)),
    height: Math.max(0, ...corners.map(({ bottom }) => bottom)),
  };
}

/** Of a route the places within the ranks that it passes, without its ends and what is halfway between ranks. */
function acrossRanks(route: readonly Point[]): Point[] {
  return route.filter((_, position) => position > 0 && position < route.length - 1 && position % 2 === 0);
}

/** How far each relation lies beside the middle, so that those between the same two are not drawn as one. */
function turnsOf(edges: Structure["edges"]): Map<string, number> {
  const bundles = new Map<string, string[]>();
  for (const edge of edges) bundles.set(pairOf(edge), [...(bundles.get(pairOf(edge)) ?? []), edge.id]);
  return new Map(
    [...bundles.values()].flatMap((ids) =>
      ids.map((id, position): [string, number] => [id, position - (ids.length - 1) / 2]),
    ),
  );
}

/** Its places are those of middles. */
function boxOf({ x, y, width, height }: Box): Box {
  return { x: x - width / 2, y: y - height / 2, width, height };
}
