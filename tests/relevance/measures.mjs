// How good an order is, by judgements of what should be in it.
const depth = 10;

/** One over the place of the first that is worth anything; 0 where none is among the first ten. */
export function reciprocalRank(found, judged) {
  const place = found.slice(0, depth).findIndex((id) => judged.has(id));
  return place < 0 ? 0 : 1 / (place + 1);
}

/** What the order gains, the less the lower it is, as a part of what the best order would. */
export function normalizedGain(found, judged) {
  const worth = (grades) => grades.slice(0, depth).reduce((sum, grade, place) => sum + (2 ** grade - 1) / Math.log2(place + 2), 0);
  const best = worth([...judged.values()].sort((one, other) => other - one));
  return best === 0 ? 0 : worth(found.map((id) => judged.get(id) ?? 0)) / best;
}

/** Reads lines of `words | id=grade, id=grade`; what begins with `#` is a remark. */
export function readJudgements(text) {
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
  return lines.map((line) => {
    const [words, rest] = line.split(" | ");
    const judged = rest.split(",").map((one) => {
      const [, id, grade] = /^\s*(.+)=([123])\s*$/.exec(one);
      return [id, Number(grade)];
    });
    return { words, judged: new Map(judged) };
  });
}
