import { useDelayed } from "#lib/delayed.ts";
import { Skeleton } from "./Skeleton.tsx";
import styles from "./Waiting.module.css";

const widths = ["38%", "72%", "54%", "64%", "46%"];

/** Holds the place of content on its way; grey lines show once it takes long enough to be noticed. */
export function Waiting() {
  const isVisible = useDelayed(true);
  return (
    <div className={styles.waiting} aria-busy="true">
      {isVisible && widths.map((width) => <Skeleton key={width} width={width} />)}
    </div>
  );
}
