import styles from "./Prose.module.css";

/** A message as servers write them, with what stands in backticks set as code. */
export function Prose({ text }: { text: string }) {
  return text.split(/`([^`]+)`/).map((part, position) =>
    position % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the same word may stand there twice
      <code key={position} className={styles.code}>
        {part}
      </code>
    ),
  );
}
