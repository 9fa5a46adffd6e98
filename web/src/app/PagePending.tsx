import { Skeleton } from "#ui/Skeleton.tsx";
import styles from "./PagePending.module.css";

/** The rough shape of a page that takes its time. */
export function PagePending() {
  return (
    <div className={styles.pending} aria-busy="true">
      <div className={styles.head}>
        <Skeleton width={40} height={40} />
        <div className={styles.words}>
          <Skeleton width={220} height={16} />
          <Skeleton width={320} />
        </div>
      </div>
      <Skeleton width="100%" height={160} />
    </div>
  );
}
