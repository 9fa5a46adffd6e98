import type { GraphEdgeFragment } from "../dependents/Dependents.generated.ts";
import { inverseType } from "../entity/relationTypes.ts";
import type { RelationGraphNodeFragment } from "./Graph.generated.ts";

/** An entity as it is drawn; one that is not there, or may not be seen, is drawn as missing. */
export interface DrawnNode {
  ref: string;
  entity: RelationGraphNodeFragment["entity"];
  isRoot: boolean;
  /** Whether more lies behind it than is shown. */
  hasMore: boolean;
  /** How many steps it is from the roots; none for what only a way leads through. */
  depth: number | null;
  isOnPath: boolean;
}

/** A relation as it is drawn. */
export interface DrawnEdge {
  id: string;
  source: string;
  target: string;
  type: string;
  isOnPath: boolean;
}

/** What is to be drawn, the nearest first. */
export interface Drawing {
  nodes: DrawnNode[];
  edges: DrawnEdge[];
}

interface Found {
  nodes: readonly RelationGraphNodeFragment[];
  edges: readonly GraphEdgeFragment[];
}

const nothing: Found = { nodes: [], edges: [] };

/** What was found around the roots and on the way between two entities, in one drawing. */
export function drawingOf(
  { graph = nothing, path = nothing }: { graph?: Found | undefined; path?: Found | undefined },
  { roots, isSplit }: { roots: readonly string[]; isSplit: boolean },
): Drawing {
  const onPath = new Set(path.nodes.map(({ ref }) => ref));
  const stepsOfPath = new Set(path.edges.map(idOf));
  const around = new Set(graph.nodes.map(({ ref }) => ref));
  const nodes = [
    ...graph.nodes.map((node) => ({ ...node, depth: node.depth as number | null })),
    ...path.nodes.filter(({ ref }) => !around.has(ref)).map((node) => ({ ...node, depth: null })),
  ].map((node) => ({ ...node, isRoot: roots.includes(node.ref), isOnPath: onPath.has(node.ref) }));
  const missing = new Set(nodes.filter(({ entity }) => !entity).map(({ ref }) => ref));
  const relations = new Map([...graph.edges, ...path.edges].map((edge) => [idOf(edge), edge]));
  const edges = [...relations].flatMap(([id, edge]): DrawnEdge[] => {
    const isOnPath = stepsOfPath.has(id);
    const drawn = { ...edge, id, isOnPath };
    // What is not there says nothing of its own.
    const inverse = isSplit && !missing.has(edge.target) ? inverseType(edge.type) : undefined;
    if (!inverse) return [drawn];
    const back = { source: edge.target, target: edge.source, type: inverse };
    return [drawn, { ...back, id: idOf(back), isOnPath }];
  });
  return { nodes, edges };
}

/** The relations of one node, from whichever end. */
export function edgesOf({ edges }: Drawing, ref: string): DrawnEdge[] {
  return edges.filter(({ source, target }) => source === ref || target === ref);
}

/** How many relations each node has here, from either end. */
export function countsOf({ edges }: Drawing): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { source, target } of edges) {
    for (const ref of new Set([source, target])) counts.set(ref, (counts.get(ref) ?? 0) + 1);
  }
  return counts;
}

/** What a node is called. */
export function titleOf({ ref, entity }: Pick<DrawnNode, "ref" | "entity">): string {
  return entity?.displayName ?? ref;
}

/** Those in whose title, reference or kind all of the words are. */
export function matching(nodes: readonly DrawnNode[], text: string | undefined): DrawnNode[] {
  const words = (text ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return nodes.filter((node) => {
    const said = `${titleOf(node)} ${node.ref}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

function idOf({ source, type, target }: GraphEdgeFragment): string {
  return `${source} ${type} ${target}`;
}
