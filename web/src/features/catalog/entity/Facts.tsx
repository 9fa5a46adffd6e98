import type { ReactNode } from "react";
import styles from "./Facts.module.css";

/** Named facts in as many columns as there is room for. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={styles.facts}>{children}</dl>;
}

/** One fact; `tight` for a row of badges, `wide` for all of the columns. */
export function Fact({ name, look, children }: { name: string; look?: "tight" | "wide"; children: ReactNode }) {
  return (
    <div className={look ? `${styles.fact} ${styles[look]}` : styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
