import type { ReactNode } from "react";
import styles from "./Badge.module.css";

/** What a colour means; `neutral` means nothing. */
export type Tone = "neutral" | "ok" | "warning" | "danger" | "info";

/** A short word about something. */
export function Badge({ tone = "neutral", title, children }: { tone?: Tone; title?: string; children?: ReactNode }) {
  return (
    <span className={tone === "neutral" ? styles.badge : `${styles.badge} ${styles[tone]}`} title={title}>
      <span className={styles.text}>{children}</span>
    </span>
  );
}
