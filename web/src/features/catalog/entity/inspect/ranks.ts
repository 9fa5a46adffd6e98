/** An entity with the references of what emitted it. */
export interface Descendant {
  entity: { ref: string };
  parentRefs: readonly string[];
}

/** What an entity came from, rank by rank from the top: each stands above all that it emitted. */
export function ranksOf<Item extends Descendant>(items: readonly Item[]): Item[][] {
  const known = new Map(items.map((item) => [item.entity.ref, item]));
  const depths = new Map<string, number>();
  const place = ({ entity: { ref }, parentRefs }: Item, depth: number, below: readonly string[]) => {
    // Whoever says that they come from themselves is drawn once.
    if (below.includes(ref) || (depths.get(ref) ?? -1) >= depth) return;
    depths.set(ref, depth);
    for (const parent of parentRefs) {
      const above = known.get(parent);
      if (above) place(above, depth + 1, [...below, ref]);
    }
  };
  if (items[0]) place(items[0], 0, []);
  const ranks: Item[][] = [];
  for (const item of items) {
    const depth = depths.get(item.entity.ref) ?? 0;
    ranks[depth] = [...(ranks[depth] ?? []), item];
  }
  return ranks.filter(Boolean).toReversed();
}
