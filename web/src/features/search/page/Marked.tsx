import { stretchesOf } from "./marks.ts";
import type { SearchRowFragment } from "./Search.generated.ts";
import styles from "./SearchPage.module.css";

interface MarkedProps {
  result: Pick<SearchRowFragment, "title" | "text" | "highlights">;
  field: "TITLE" | "TEXT";
}

/** A text of a result with the words in it that it was found by. */
export function Marked({ result, field }: MarkedProps) {
  const stretches = stretchesOf(field === "TITLE" ? result.title : result.text, result.highlights, field);
  return stretches.map(({ text, isMarked }, position) =>
    isMarked ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a text that was found never changes
      <mark key={position} className={styles.mark}>
        {text}
      </mark>
    ) : (
      text
    ),
  );
}
