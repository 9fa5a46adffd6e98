import { stretches } from "#lib/matching.ts";
import styles from "./Highlighted.module.css";

/** A text with the words in it marked that it was found by. */
export function Highlighted({ text, words }: { text: string; words: readonly string[] }) {
  const marked = stretches(text, words);
  if (marked.length === 0) return text;
  let end = 0;
  return (
    <>
      {marked.map(([from, to]) => {
        const before = text.slice(end, from);
        end = to;
        return (
          <span key={from}>
            {before}
            <mark className={styles.mark}>{text.slice(from, to)}</mark>
          </span>
        );
      })}
      {text.slice(end)}
    </>
  );
}
