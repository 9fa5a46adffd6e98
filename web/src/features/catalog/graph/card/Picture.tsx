import { useState } from "react";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { type Drawing, type DrawnNode, titleOf } from "../drawing.ts";
import { EdgeLabel } from "../EdgeLabel.tsx";
import { EdgeLine } from "../EdgeLine.tsx";
import type { Point } from "../edgePath.ts";
import { useLaidOut } from "../laidOut.ts";
import { NodeFace } from "../NodeFace.tsx";
import { nodeSize } from "../nodeSize.ts";
import styles from "./GraphCard.module.css";
import { useScale } from "./scale.ts";

interface PictureProps {
  drawing: Drawing;
  height: number;
  label: string;
}

/** A small graph that stands still: its entities are links, and those at which one points say how they are related. */
export function Picture({ drawing: wanted, height, label }: PictureProps) {
  const { laidOut } = useLaidOut(wanted, "right", "");
  const [place, scale] = useScale(laidOut?.layout);
  const [pointed, setPointed] = useState<string | null>(null);
  return (
    <div ref={place} className={styles.place} style={{ height }}>
      {laidOut && (
        <div style={{ width: laidOut.layout.width * scale, height: laidOut.layout.height * scale }}>
          <Drawn laidOut={laidOut} scale={scale} label={label} pointed={pointed} onPoint={setPointed} />
        </div>
      )}
    </div>
  );
}

interface DrawnProps {
  laidOut: NonNullable<ReturnType<typeof useLaidOut>["laidOut"]>;
  scale: number;
  label: string;
  pointed: string | null;
  onPoint: (ref: string | null) => void;
}

function Drawn({ laidOut: { drawing, layout }, scale, label, pointed, onPoint }: DrawnProps) {
  const isLit = ({ source, target }: { source: string; target: string }) => source === pointed || target === pointed;
  const edges = drawing.edges.flatMap((edge) => {
    const path = layout.edges.get(edge.id);
    return path ? [{ edge, path }] : [];
  });
  return (
    <div
      className={styles.picture}
      style={{ width: layout.width, height: layout.height, transform: `scale(${scale})` }}
    >
      <svg className={styles.edges} width={layout.width} height={layout.height} aria-hidden>
        {edges.map(({ edge, path }) => (
          <EdgeLine key={edge.id} path={path} look={isLit(edge) ? "lit" : "plain"} />
        ))}
      </svg>
      <ul aria-label={label}>
        {drawing.nodes.map((node) => {
          const place = layout.nodes.get(node.ref);
          return place && <PictureNode key={node.ref} node={node} place={place} onPoint={onPoint} />;
        })}
      </ul>
      {edges.map(({ edge, path }) => isLit(edge) && <EdgeLabel key={edge.id} type={edge.type} path={path} />)}
    </div>
  );
}

interface PictureNodeProps {
  node: DrawnNode;
  place: Point;
  onPoint: (ref: string | null) => void;
}

function PictureNode({ node, place: { x, y }, onPoint }: PictureNodeProps) {
  const leave = () => onPoint(null);
  const point = () => onPoint(node.ref);
  const face = <NodeFace node={node} />;
  return (
    <li className={styles.node} style={{ ...nodeSize, left: x, top: y }}>
      {node.entity && !node.isRoot ? (
        <Link
          className={styles.link}
          target={paths.entity(node.ref)}
          title={titleOf(node)}
          onPointerEnter={point}
          onPointerLeave={leave}
          onFocus={point}
          onBlur={leave}
        >
          {face}
        </Link>
      ) : (
        face
      )}
    </li>
  );
}
