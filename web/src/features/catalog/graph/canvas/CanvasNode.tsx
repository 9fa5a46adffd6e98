import type { Node, NodeProps } from "@xyflow/react";
import { type KeyboardEvent, memo, use } from "react";
import type { DrawnNode } from "../drawing.ts";
import { t } from "../messages.ts";
import { isMove } from "../movement.ts";
import { NodeFace, type NodeLook } from "../NodeFace.tsx";
import { CanvasActsContext } from "./canvasActs.ts";
import styles from "./GraphCanvas.module.css";
import { PointingContext, usePointed } from "./pointing.ts";

/** What React Flow is told of a node. */
export type EntityNode = Node<{ node: DrawnNode; look: NodeLook; relations: number }, "entity">;

/** An entity on the canvas. The keyboard comes to one of them, and goes on with arrow keys. */
export const CanvasNode = memo(function CanvasNode({ id, data: { node, look, relations } }: NodeProps<EntityNode>) {
  const pointing = use(PointingContext);
  const { select, begin, move, hint } = use(CanvasActsContext);
  const isActive = usePointed(({ active }) => active === id);
  const isSelected = usePointed(({ selected }) => selected === id);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") begin(node);
    else if (isMove(event.key)) move(id, event.key);
    else return;
    event.preventDefault();
  };
  return (
    <button
      type="button"
      className={styles.node}
      data-node={id}
      tabIndex={isActive ? 0 : -1}
      aria-describedby={hint}
      aria-pressed={isSelected}
      // The second click of two has a meaning of its own.
      onClick={({ detail }) => detail < 2 && select(node)}
      onDoubleClick={() => begin(node)}
      onKeyDown={onKeyDown}
      onFocus={() => pointing.change({ focused: id, active: id })}
      onBlur={() => pointing.change({ focused: null })}
      onPointerEnter={() => pointing.change({ hovered: id })}
      onPointerLeave={() => pointing.change({ hovered: null })}
    >
      <NodeFace node={node} look={look} />
      <span className="visually-hidden">{moreAbout(node, relations)}</span>
    </button>
  );
});

/** What the eye sees of a node but for its words. */
function moreAbout({ isRoot, hasMore }: DrawnNode, relations: number): string {
  return [isRoot && t("nodeRoot"), t("nodeRelations", { count: relations }), hasMore && t("nodeMore")]
    .filter(Boolean)
    .join(", ");
}
