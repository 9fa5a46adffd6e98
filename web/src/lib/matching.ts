/** A stretch of a text, from the one position up to the other. */
export type Stretch = readonly [from: number, to: number];

/** The words of a search, in lower case. */
export function wordsOf(text: string): string[] {
  return [...new Set(text.toLowerCase().split(/\s+/).filter(Boolean))];
}

/** Where words stand in a text, without overlaps, in order. */
export function stretches(text: string, words: readonly string[]): Stretch[] {
  const lower = text.toLowerCase();
  // Where lower case has another length, positions mean something else.
  if (lower.length !== text.length) return [];
  const found = words.flatMap((word) => {
    const at = bestPlace(lower, word);
    return at < 0 ? [] : [[at, at + word.length] as const];
  });
  const merged: [number, number][] = [];
  for (const [from, to] of found.sort(([one], [other]) => one - other)) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/**
 * How well words fit a title, with further text that they may be found in; the lower, the better, and null if a word is
 * in none of them. A title that starts with the first word is better than one that has it at the start of another word,
 * or inside of one, where strictness does not count it at all.
 */
export function fitness(words: readonly string[], title: string, more = "", isStrict = false): number | null {
  const lower = title.toLowerCase();
  const rest = more.toLowerCase();
  let total = 0;
  for (const word of words) {
    const at = bestPlace(lower, word);
    const beside = bestPlace(rest, word);
    if (at === 0) total += lower.length === word.length ? 0 : 1;
    else if (at > 0 && isStart(lower, at)) total += 2;
    else if (beside >= 0 && isStart(rest, beside)) total += 3;
    else if (!isStrict && at > 0) total += 4;
    else if (!isStrict && beside >= 0) total += 6;
    else return null;
  }
  return total;
}

/** Those that fit, the best first; equals stay in their order. */
export function fitting<Item>(
  items: readonly Item[],
  words: readonly string[],
  read: (item: Item) => { title: string; more?: string | undefined; isStrict?: boolean },
): Item[] {
  return items
    .flatMap((item) => {
      const { title, more, isStrict } = read(item);
      const value = fitness(words, title, more, isStrict);
      return value === null ? [] : [{ item, value }];
    })
    .sort((one, other) => one.value - other.value)
    .map(({ item }) => item);
}

/** Where a word stands: at the start of a word if it does so anywhere. */
function bestPlace(lower: string, word: string): number {
  const first = lower.indexOf(word);
  for (let at = first; at >= 0; at = lower.indexOf(word, at + 1)) if (isStart(lower, at)) return at;
  return first;
}

function isStart(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text.charAt(at - 1));
}
