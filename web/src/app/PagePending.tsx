import { Skeleton } from "#ui/Skeleton.tsx";
import styles from "./PagePending.module.css";

/** A page that takes its time, of whatever shape. */
export function PagePending() {
  return (
    <div className={styles.pending} aria-busy="true">
      <Skeleton width={180} height={16} />
      <Skeleton width="60%" />
      <Skeleton width="45%" />
    </div>
  );
}
