import styles from "./Skeleton.module.css";

/** A grey bar where text is about to be. */
export function Skeleton({ width, height }: { width: number | string; height?: number }) {
  return <span className={styles.skeleton} style={{ width, ...(height !== undefined && { height }) }} aria-hidden />;
}
