import type { GraphEdgeFragment } from "../../dependents/Dependents.generated.ts";
import type { RelationGraphNodeFragment } from "../../graph/Graph.generated.ts";

type Entity = NonNullable<RelationGraphNodeFragment["entity"]> & { members?: { totalCount: number } };

/** A node as the server gives it. */
interface HierarchyNode {
  ref: string;
  hasMore: boolean;
  entity: Entity | null;
}

/** What is known of a hierarchy; its relations point upwards. */
export interface HierarchyPart {
  nodes: readonly HierarchyNode[];
  edges: readonly GraphEdgeFragment[];
}

/** A node with what is below it. */
export interface Branch extends HierarchyNode {
  children: Branch[];
}

/** A node as it stands among those that are shown. */
export interface Row {
  branch: Branch;
  parent: string | null;
  level: number;
  /** Its place among its siblings, from 1, and how many those are. */
  position: number;
  siblings: number;
  isExpandable: boolean;
  isExpanded: boolean;
}

/**
 * The trees that parts of a hierarchy make. What has several nodes above it stands below the first of them, and what
 * would be above itself begins a tree: everything is there once. Of the `whole` nodes all that is below is known.
 */
export function treesOf(parts: readonly HierarchyPart[], whole: ReadonlySet<string> = new Set()): Branch[] {
  const branches = new Map<string, Branch>();
  for (const node of parts.flatMap(({ nodes }) => nodes)) {
    if (branches.has(node.ref)) continue;
    branches.set(node.ref, { ...node, hasMore: node.hasMore && !whole.has(node.ref), children: [] });
  }
  const parents = new Map<string, string>();
  const isAbove = (ref: string, below: string): boolean => {
    for (let at: string | undefined = below; at !== undefined; at = parents.get(at)) if (at === ref) return true;
    return false;
  };
  for (const { source, target } of parts.flatMap(({ edges }) => edges)) {
    const [child, parent] = [branches.get(source), branches.get(target)];
    if (!child || !parent || parents.has(source) || isAbove(source, target)) continue;
    parents.set(source, target);
    parent.children.push(child);
  }
  const titleOf = ({ entity, ref }: Branch) => entity?.displayName ?? ref;
  const inOrder = (list: Branch[]) => list.sort((one, other) => titleOf(one).localeCompare(titleOf(other)));
  for (const { children } of branches.values()) inOrder(children);
  return inOrder([...branches.values()].filter(({ ref }) => !parents.has(ref)));
}

/** The nodes from the top of its tree down to one, that one included. */
export function pathTo(trees: readonly Branch[], ref: string): string[] {
  for (const tree of trees) {
    if (tree.ref === ref) return [ref];
    const below = pathTo(tree.children, ref);
    if (below.length > 0) return [tree.ref, ...below];
  }
  return [];
}

/** Whether there is, or may be, something below a node. */
function isExpandable({ children, hasMore }: Branch): boolean {
  return children.length > 0 || hasMore;
}

/** The nodes that are shown, from the top down. */
export function rowsOf(trees: readonly Branch[], expanded: ReadonlySet<string>, parent: string | null = null): Row[] {
  const level = (branches: readonly Branch[], above: string | null, depth: number): Row[] =>
    branches.flatMap((branch, index) => {
      const row: Row = {
        branch,
        parent: above,
        level: depth,
        position: index + 1,
        siblings: branches.length,
        isExpandable: isExpandable(branch),
        isExpanded: isExpandable(branch) && expanded.has(branch.ref),
      };
      return [row, ...(row.isExpanded ? level(branch.children, branch.ref, depth + 1) : [])];
    });
  return level(trees, parent, 1);
}

/** The part of a hierarchy below a node, itself included. */
export function refsBelow(trees: readonly Branch[], ref: string): string[] {
  const all = (branch: Branch): string[] => [branch.ref, ...branch.children.flatMap(all)];
  for (const tree of trees) {
    if (tree.ref === ref) return all(tree);
    const below = refsBelow(tree.children, ref);
    if (below.length > 0) return below;
  }
  return [];
}
