/** A line of a comparison: gone, new, or the same. */
export interface DiffLine {
  sign: "-" | "+" | " ";
  text: string;
}

const longest = 400;

/** Two values line by line, what they have in common told once; null is nothing. */
export function diffLines(before: unknown, after: unknown): DiffLine[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  if (old.length > longest || now.length > longest) return [...signed("-", old), ...signed("+", now)];
  const common = commonTails(old, now);
  const lines: DiffLine[] = [];
  let [left, right] = [0, 0];
  while (left < old.length || right < now.length) {
    const [gone, come] = [old[left], now[right]];
    if (gone !== undefined && gone === come) {
      lines.push({ sign: " ", text: gone });
      left += 1;
      right += 1;
    } else if (
      gone !== undefined &&
      (come === undefined || lengthAt(common, left + 1, right) >= lengthAt(common, left, right + 1))
    ) {
      lines.push({ sign: "-", text: gone });
      left += 1;
    } else {
      lines.push({ sign: "+", text: come ?? "" });
      right += 1;
    }
  }
  return lines;
}

/** For each pair of places, how many lines the rests have in common, in order. */
function commonTails(old: string[], now: string[]): number[][] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  for (let left = old.length - 1; left >= 0; left -= 1) {
    for (let right = now.length - 1; right >= 0; right -= 1) {
      const length =
        old[left] === now[right]
          ? lengthAt(lengths, left + 1, right + 1) + 1
          : Math.max(lengthAt(lengths, left + 1, right), lengthAt(lengths, left, right + 1));
      lengths[left]?.splice(right, 1, length);
    }
  }
  return lengths;
}

function lengthAt(lengths: number[][], left: number, right: number): number {
  return lengths[left]?.[right] ?? 0;
}

function signed(sign: DiffLine["sign"], lines: string[]): DiffLine[] {
  return lines.map((text) => ({ sign, text }));
}

function linesOf(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  return (typeof value === "string" ? value : JSON.stringify(value, null, 2)).split("\n");
}
