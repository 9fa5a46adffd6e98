import { Skeleton } from "#ui/Skeleton.tsx";
import page from "./EntityPage.module.css";
import styles from "./EntityPending.module.css";

const facts = ["a", "b", "c", "d", "e", "f"];

/** The shape of an entity page that takes its time. */
export function EntityPending() {
  return (
    <div aria-busy="true">
      <div className={page.breadcrumb}>
        <Skeleton width={140} />
      </div>
      <div className={page.head}>
        <Skeleton width={40} height={40} />
        <div className={styles.words}>
          <Skeleton width={220} height={16} />
          <Skeleton width={180} />
          <Skeleton width="min(560px, 100%)" />
        </div>
      </div>
      <div className={styles.tabs}>
        <Skeleton width={64} />
        <Skeleton width={64} />
        <Skeleton width={40} />
      </div>
      <div className={styles.card}>
        {facts.map((fact) => (
          <Skeleton key={fact} width="60%" />
        ))}
      </div>
    </div>
  );
}
