import type { SearchRowFragment } from "./Search.generated.ts";

type Highlight = SearchRowFragment["highlights"][number];

/** A stretch of a text, found by or not. */
export interface Stretch {
  text: string;
  isMarked: boolean;
}

/** A text cut at the places where the server found the words. What does not lie in it, or in another, is left out. */
export function stretchesOf(text: string, highlights: readonly Highlight[], field: Highlight["field"]): Stretch[] {
  const marks = highlights
    .filter((one) => one.field === field && one.start >= 0 && one.end > one.start && one.end <= text.length)
    .sort((one, other) => one.start - other.start);
  const stretches: Stretch[] = [];
  let end = 0;
  for (const mark of marks) {
    if (mark.start < end) continue;
    if (mark.start > end) stretches.push({ text: text.slice(end, mark.start), isMarked: false });
    stretches.push({ text: text.slice(mark.start, mark.end), isMarked: true });
    end = mark.end;
  }
  if (end < text.length) stretches.push({ text: text.slice(end), isMarked: false });
  return stretches;
}
