/** A relation, as far as it matters where things are. */
export interface Link {
  source: string;
  target: string;
}

/** One link for each two that are linked, whichever way and however often; none from anything to itself. */
export function distinctPairs<L extends Link>(links: readonly L[]): L[] {
  const pairs = new Map<string, L>();
  for (const link of links) {
    const key = pairOf(link);
    if (link.source !== link.target && !pairs.has(key)) pairs.set(key, link);
  }
  return [...pairs.values()];
}

/** The two ends of a link in one order. */
export function pairOf({ source, target }: Link): string {
  return source < target ? `${source} ${target}` : `${target} ${source}`;
}

/** The links by which each is first reached from those that come first; as many as hold everything together. */
export function spanningForest<L extends Link>(nodes: readonly string[], links: readonly L[]): L[] {
  const linksOf = new Map<string, L[]>(nodes.map((ref) => [ref, []]));
  for (const link of links) {
    linksOf.get(link.source)?.push(link);
    linksOf.get(link.target)?.push(link);
  }
  const reached = new Set<string>();
  const forest: L[] = [];
  for (const start of nodes) {
    if (reached.has(start)) continue;
    reached.add(start);
    const open = [start];
    for (let at = 0; at < open.length; at += 1) {
      const ref = open[at] ?? start;
      for (const link of linksOf.get(ref) ?? []) {
        const other = link.source === ref ? link.target : link.source;
        if (reached.has(other)) continue;
        reached.add(other);
        open.push(other);
        forest.push(link);
      }
    }
  }
  return forest;
}
