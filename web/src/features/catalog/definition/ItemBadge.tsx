import styles from "./ItemBadge.module.css";

/** The method of an operation, or another short word, in its colour. */
export function ItemBadge({ text }: { text: string }) {
  return (
    <span className={styles.badge} data-word={text.toLowerCase()}>
      {text === "DELETE" ? "DEL" : text === "OPTIONS" ? "OPT" : text}
    </span>
  );
}
