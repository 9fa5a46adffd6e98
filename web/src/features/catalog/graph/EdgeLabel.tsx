import { relationTitle } from "../entity/relationTypes.ts";
import styles from "./EdgeLine.module.css";
import type { EdgePath } from "./edgePath.ts";

/** The words on a relation, for the eye alone: the list, or the cards below, say the same. */
export function EdgeLabel({ type, path: { middle } }: { type: string; path: EdgePath }) {
  return (
    <span className={styles.label} style={{ left: middle.x, top: middle.y }} aria-hidden>
      {relationTitle(type)}
    </span>
  );
}
