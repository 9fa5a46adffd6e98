import type { EntityChipFragment } from "#kit/entity/EntityChip.generated.ts";
import type { GraphEdgeFragment, GraphNodeFragment } from "./Dependents.generated.ts";

/** Why something is in a graph: a relation of it, seen from itself. */
export interface Reason {
  type: string;
  /** Whether it is the source of the relation, and not its target. */
  isSource: boolean;
  /** The other end, which is one step nearer. */
  ref: string;
}

/** What is as many steps away. */
export interface Step {
  depth: number;
  nodes: { node: GraphNodeFragment; reasons: Reason[] }[];
}

/** The nodes by their distance, nearest first, without where it all began; each with the relations that led to it. */
export function stepsOf(nodes: readonly GraphNodeFragment[], edges: readonly GraphEdgeFragment[]): Step[] {
  const depths = new Map(nodes.map(({ ref, depth }) => [ref, depth]));
  const steps = new Map<number, Step>();
  for (const node of nodes) {
    if (node.depth === 0) continue;
    const step = steps.get(node.depth) ?? { depth: node.depth, nodes: [] };
    step.nodes.push({ node, reasons: reasonsOf(node.ref, edges, (ref) => depths.get(ref) === node.depth - 1) });
    steps.set(node.depth, step);
  }
  return [...steps.values()].sort((one, other) => one.depth - other.depth);
}

/** The relations of one node with those that are meant. */
export function reasonsOf(
  ref: string,
  edges: readonly GraphEdgeFragment[],
  isMeant: (other: string) => boolean,
): Reason[] {
  return edges.flatMap(({ source, target, type }): Reason[] => {
    if (source === ref && isMeant(target)) return [{ type, isSource: true, ref: target }];
    if (target === ref && isMeant(source)) return [{ type, isSource: false, ref: source }];
    return [];
  });
}

/** Who owns what, with how much of it; those who own most first. */
export function ownersOf(nodes: readonly GraphNodeFragment[]): { owner: EntityChipFragment; count: number }[] {
  const owners = new Map<string, { owner: EntityChipFragment; count: number }>();
  for (const { entity, depth } of nodes) {
    if (depth === 0 || !entity?.owner) continue;
    const known = owners.get(entity.owner.ref);
    if (known) known.count += 1;
    else owners.set(entity.owner.ref, { owner: entity.owner, count: 1 });
  }
  return [...owners.values()].sort(
    (one, other) => other.count - one.count || one.owner.displayName.localeCompare(other.owner.displayName),
  );
}
