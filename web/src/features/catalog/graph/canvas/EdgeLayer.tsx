import { memo, use } from "react";
import type { Drawing, DrawnEdge } from "../drawing.ts";
import { EdgeLabel } from "../EdgeLabel.tsx";
import { EdgeLine, type EdgeLook } from "../EdgeLine.tsx";
import type { EdgePath } from "../edgePath.ts";
import type { Layout } from "../layout.ts";
import styles from "./GraphCanvas.module.css";
import { type Pointed, PointingContext, usePointed } from "./pointing.ts";

/** Beyond these the words would only cover one another. */
const mostLabels = 40;

interface EdgeLayerProps {
  drawing: Drawing;
  layout: Layout;
  /** Whether something stands out, so that the rest steps back. */
  isMuted: boolean;
}

/** All relations, in one picture under the nodes. The list names them; here they are for the eye alone. */
export const EdgeLayer = memo(function EdgeLayer({ drawing: { edges }, layout, isMuted }: EdgeLayerProps) {
  return (
    <svg className={styles.edges} width={1} height={1} aria-hidden>
      {edges.map((edge) => {
        const path = layout.edges.get(edge.id);
        return path && <Edge key={edge.id} edge={edge} path={path} rest={restOf(edge, isMuted)} />;
      })}
    </svg>
  );
});

function restOf({ isOnPath }: DrawnEdge, isMuted: boolean): EdgeLook {
  if (isOnPath) return "path";
  return isMuted ? "muted" : "plain";
}

const Edge = memo(function Edge({ edge, path, rest }: { edge: DrawnEdge; path: EdgePath; rest: EdgeLook }) {
  const pointing = use(PointingContext);
  const isPointed = usePointed((pointed) => isPointedAt(edge, pointed));
  return (
    <>
      <EdgeLine path={path} look={isPointed && rest !== "path" ? "lit" : rest} />
      <path
        className={styles.reach}
        d={path.line}
        onPointerEnter={() => pointing.change({ hovered: edge.id })}
        onPointerLeave={() => pointing.change({ hovered: null })}
      />
    </>
  );
});

function isPointedAt({ id, source, target }: DrawnEdge, { hovered, selected, focused }: Pointed): boolean {
  if (hovered !== null) return [id, source, target].includes(hovered);
  return [selected, focused].some((ref) => ref === source || ref === target);
}

/** The words of the relations that stand out. */
export function EdgeLabels({ drawing: { edges }, layout }: Omit<EdgeLayerProps, "isMuted">) {
  const shown = usePointed((pointed) => pointed);
  const lit = edges.filter((edge) => edge.isOnPath || isPointedAt(edge, shown)).slice(0, mostLabels);
  return lit.map(({ id, type }) => {
    const path = layout.edges.get(id);
    return path && <EdgeLabel key={id} type={type} path={path} />;
  });
}
