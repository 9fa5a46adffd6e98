import { keyFaces } from "#lib/shortcutKeys.ts";
import { isApple } from "#lib/shortcuts.ts";
import styles from "./Keys.module.css";

/** Keys as they are on the keyboard at hand: `g c`, `mod+k`. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className={styles.keys}>
      {keyFaces(keys, isApple()).map((face, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same key may be pressed twice
        <kbd key={position} className={styles.key}>
          {face}
        </kbd>
      ))}
    </span>
  );
}
