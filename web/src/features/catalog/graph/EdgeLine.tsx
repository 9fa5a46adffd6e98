import styles from "./EdgeLine.module.css";
import type { EdgePath } from "./edgePath.ts";

/** How much a relation stands out. */
export type EdgeLook = "plain" | "muted" | "lit" | "path";

/** A relation as a line with a head. */
export function EdgeLine({ path: { line, head }, look = "plain" }: { path: EdgePath; look?: EdgeLook }) {
  return (
    <g className={styles.edge} data-look={look}>
      <path className={styles.line} d={line} />
      <path className={styles.head} d={head} />
    </g>
  );
}
