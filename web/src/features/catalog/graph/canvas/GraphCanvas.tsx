import "@xyflow/react/dist/base.css";
import { Background, MiniMap, ReactFlow, type ReactFlowInstance, ViewportPortal } from "@xyflow/react";
import {
  type KeyboardEvent,
  type Ref,
  useEffect,
  useEffectEvent,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from "react";
import { danglingLook, kindLook } from "#kit/entity/kinds.ts";
import { countsOf, type DrawnNode } from "../drawing.ts";
import type { LaidOut } from "../laidOut.ts";
import { t } from "../messages.ts";
import { nextInDirection } from "../movement.ts";
import type { NodeLook } from "../NodeFace.tsx";
import { nodeSize } from "../nodeSize.ts";
import { CanvasNode, type EntityNode } from "./CanvasNode.tsx";
import { CanvasActsContext } from "./canvasActs.ts";
import { EdgeLabels, EdgeLayer } from "./EdgeLayer.tsx";
import styles from "./GraphCanvas.module.css";
import { createPointing, PointingContext } from "./pointing.ts";
import { centre, type Distance, distanceAt, type Insets, isReadable, reveal, showWhole } from "./viewing.ts";

/** What stands beside the canvas and moves it. */
export interface CanvasControls {
  zoomIn: () => void;
  zoomOut: () => void;
  fit: () => void;
  /** Shows a node, and takes the keyboard to it. */
  focus: (ref: string) => void;
}

interface GraphCanvasProps {
  laidOut: LaidOut;
  selected: string | undefined;
  /** Those that have the words looked for; null where none are looked for. */
  found: readonly string[] | null;
  hasMinimap: boolean;
  /** What lies under what floats above the canvas. */
  covered: () => Insets;
  onSelect: (node: DrawnNode) => void;
  onBegin: (node: DrawnNode) => void;
  controls: Ref<CanvasControls>;
}

const nodeTypes = { entity: CanvasNode };
const noEdges: never[] = [];
const zoomKeys: Record<string, keyof Omit<CanvasControls, "focus">> = {
  "+": "zoomIn",
  "=": "zoomIn",
  "-": "zoomOut",
  "0": "fit",
};

/** The graph, drawn. It is placed by our own layout; React Flow lets one move about in it. */
export function GraphCanvas(props: GraphCanvasProps) {
  const { laidOut, selected, found, hasMinimap, covered, onSelect, onBegin, controls } = props;
  const { drawing, layout, extent } = laidOut;
  const [pointing] = useState(createPointing);
  const [flow, setFlow] = useState<ReactFlowInstance<EntityNode> | null>(null);
  const [distance, setDistance] = useState<Distance>("near");
  const frame = useRef<HTMLDivElement>(null);
  const hint = useId();
  const isMuted = found !== null || drawing.nodes.some(({ isOnPath }) => isOnPath);
  const nodes = useMemo(() => nodesOf(laidOut, found), [laidOut, found]);

  useEffect(() => {
    const isThere = (ref: string | null | undefined) => drawing.nodes.some((node) => node.ref === ref);
    const { active } = pointing.current();
    const kept = isThere(active) ? active : null;
    pointing.change({ selected: selected ?? null, active: kept ?? firstOf(drawing.nodes, selected) });
  }, [pointing, drawing, selected]);

  // What one asked for is brought into sight; what changes meanwhile moves nothing under the pointer.
  const show = useEffectEvent(() => {
    if (!flow || !frame.current) return;
    if (isReadable(layout, frame.current, covered())) showWhole(flow, covered());
    else centre(flow, laidOut, firstOf(drawing.nodes, selected), frame.current, covered());
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the extent says when
  useEffect(() => show(), [flow, extent]);

  const bringIntoSight = (ref: string): HTMLElement | null => {
    const node = frame.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(ref)}"]`) ?? null;
    if (flow && frame.current && node) reveal(flow, frame.current, node, covered());
    return node;
  };
  // What was chosen must not lie under what is said of it.
  const showSelected = useEffectEvent(() => selected !== undefined && void bringIntoSight(selected));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the selection says when
  useEffect(() => void showSelected(), [flow, selected]);
  const focus = (ref: string) => bringIntoSight(ref)?.focus({ preventScroll: true });
  const acts = {
    zoomIn: () => void flow?.zoomIn(),
    zoomOut: () => void flow?.zoomOut(),
    fit: () => flow && showWhole(flow, covered()),
    focus,
  };
  useImperativeHandle(controls, () => acts);
  const onKeyDown = (event: KeyboardEvent) => {
    const act = zoomKeys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    acts[act]();
  };
  const move = (from: string, key: string) => {
    const next = nextInDirection(layout.nodes, from, key);
    if (next !== undefined) focus(next);
  };
  const latest = useRef({ select: onSelect, begin: onBegin, move });
  useEffect(() => {
    latest.current = { select: onSelect, begin: onBegin, move };
  });
  const nodeActs = useMemo(
    () => ({
      select: (node: DrawnNode) => latest.current.select(node),
      begin: (node: DrawnNode) => latest.current.begin(node),
      move: (from: string, key: string) => latest.current.move(from, key),
      hint,
    }),
    [hint],
  );
  return (
    <PointingContext value={pointing}>
      <CanvasActsContext value={nodeActs}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the nodes inside it */}
        <div ref={frame} className={styles.canvas} data-distance={distance} onKeyDown={onKeyDown}>
          <p id={hint} className="visually-hidden">
            {t("canvasHint")}
          </p>
          <ReactFlow
            aria-label={t("canvasLabel")}
            nodes={nodes}
            edges={noEdges}
            nodeTypes={nodeTypes}
            onInit={setFlow}
            onViewportChange={({ zoom }) => setDistance(distanceAt(zoom))}
            minZoom={0.05}
            maxZoom={2}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            elementsSelectable={false}
            zoomOnDoubleClick={false}
            disableKeyboardA11y
            panActivationKeyCode={null}
            zoomActivationKeyCode={null}
            selectionKeyCode={null}
            multiSelectionKeyCode={null}
            deleteKeyCode={null}
            proOptions={{ hideAttribution: true }}
          >
            <Background color="var(--line)" gap={24} size={1.5} />
            <ViewportPortal>
              <EdgeLayer drawing={drawing} layout={layout} isMuted={isMuted} />
              <EdgeLabels drawing={drawing} layout={layout} />
            </ViewportPortal>
            {hasMinimap && (
              <MiniMap<EntityNode>
                className={styles.minimap}
                ariaLabel={t("minimap")}
                pannable
                zoomable
                bgColor="var(--raised)"
                maskColor="color-mix(in oklab, var(--sunken), transparent 30%)"
                nodeColor={minimapColor}
                nodeBorderRadius={12}
              />
            )}
          </ReactFlow>
        </div>
      </CanvasActsContext>
    </PointingContext>
  );
}

function nodesOf({ drawing, layout }: LaidOut, found: readonly string[] | null): EntityNode[] {
  const hasPath = drawing.nodes.some(({ isOnPath }) => isOnPath);
  const relations = countsOf(drawing);
  const foundRefs = new Set(found);
  const lookOf = ({ ref, isOnPath }: DrawnNode): NodeLook => {
    if (foundRefs.has(ref)) return "found";
    if (isOnPath) return "path";
    return found || hasPath ? "muted" : "plain";
  };
  return drawing.nodes.flatMap((node): EntityNode[] => {
    const position = layout.nodes.get(node.ref);
    if (!position) return [];
    const data = { node, look: lookOf(node), relations: relations.get(node.ref) ?? 0 };
    return [{ id: node.ref, type: "entity", position, data, ...nodeSize, measured: nodeSize }];
  });
}

/** Where the keyboard, and the eye, begin. */
function firstOf(nodes: readonly DrawnNode[], selected: string | undefined): string | null {
  const isSelected = ({ ref }: DrawnNode) => ref === selected;
  return (nodes.find(isSelected) ?? nodes.find(({ isOnPath }) => isOnPath) ?? nodes[0])?.ref ?? null;
}

function minimapColor({ data: { node } }: EntityNode): string {
  const { hue } = node.entity ? kindLook(node.entity.kind) : danglingLook;
  return `var(--hue-${hue})`;
}
