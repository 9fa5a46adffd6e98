import { type ReactNode, useId } from "react";
import { formatNumber } from "#lib/i18n/messages.ts";
import styles from "./Card.module.css";

interface CardProps {
  title: string;
  count?: number;
  /** At the right of the title. */
  action?: ReactNode;
  /** Rows that reach the edges bring their own padding. */
  isFlush?: boolean;
  children?: ReactNode;
}

/** A titled box. */
export function Card({ title, count, action, isFlush = false, children }: CardProps) {
  const id = useId();
  return (
    <section className={styles.card} aria-labelledby={id}>
      <header className={styles.head}>
        <h2 className={styles.title} id={id}>
          {title}
        </h2>
        {count !== undefined && <span className={styles.count}>{formatNumber(count)}</span>}
        {action !== undefined && <div className={styles.action}>{action}</div>}
      </header>
      <div className={isFlush ? undefined : styles.body}>{children}</div>
    </section>
  );
}
