import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useMemo, useRef, useState } from "react";
import { countOfKind } from "#kit/entity/kinds.ts";
import { FailureNotice, StaleNotice } from "#kit/FailureNotice.tsx";
import { PageTitle } from "#kit/PageTitle.tsx";
import { paths } from "#kit/paths.ts";
import { useMedia } from "#lib/media.ts";
import { useShortcut } from "#lib/shortcuts.ts";
import { Waiting } from "#ui/Waiting.tsx";
import { type Go, GraphBar } from "./bar/GraphBar.tsx";
import { PathBar } from "./bar/PathBar.tsx";
import type { CanvasControls } from "./canvas/GraphCanvas.tsx";
import { type Drawing, type DrawnNode, matching } from "./drawing.ts";
import { GraphList } from "./GraphList.tsx";
import { GraphNotes } from "./GraphNotes.tsx";
import styles from "./GraphPage.module.css";
import { GraphStart } from "./GraphStart.tsx";
import { useGraphData } from "./graphData.ts";
import { changed, readGraphSearch, rootedAt, seeksPath, withEnd, withoutPath } from "./graphSearch.ts";
import { useLiveGraph } from "./live.ts";
import { t } from "./messages.ts";
import { NodePanel } from "./NodePanel.tsx";

const CanvasPart = lazy(() => import("./canvas/CanvasPart.tsx").then((module) => ({ default: module.CanvasPart })));

/** How entities hang together: drawn, or as tables; what of it is shown stands in the address. */
export function GraphPage() {
  const raw = useSearch({ strict: false });
  const search = useMemo(() => readGraphSearch(raw), [raw]);
  const isNarrow = useMedia("(max-width: 719px)");
  const view = search.view ?? (isNarrow ? "list" : "canvas");
  const navigate = useNavigate();
  const go: Go = (next, isRefining = false) =>
    void navigate({ ...paths.graph(next), replace: isRefining, resetScroll: false });
  const isPath = seeksPath(search);
  const data = useGraphData(search);
  const { drawing, error } = data;
  useLiveGraph(drawing);
  const found = useMemo(() => matching(drawing.nodes, search.text).map(({ ref }) => ref), [drawing, search.text]);
  const [hasMinimap, setHasMinimap] = useState(true);
  const controls = useRef<CanvasControls>(null);
  const above = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLElement>(null);
  const chosen = view === "canvas" ? drawing.nodes.find(({ ref }) => ref === search.node) : undefined;

  const select = (node: DrawnNode) => {
    const withOneMore = isPath ? withEnd(search, node.ref) : null;
    if (withOneMore) go(withOneMore);
    else if (search.node === node.ref) deselect();
    else go(changed(search, { node: node.ref }), search.node !== undefined);
  };
  const deselect = () => {
    // The keyboard goes back to where it came from.
    if (chosen && panel.current?.contains(document.activeElement)) controls.current?.focus(chosen.ref);
    go(changed(search, { node: undefined }));
  };
  const begin = (node: DrawnNode) => {
    if (!node.entity) {
      if (search.node !== node.ref) select(node);
    } else if (!node.isRoot || search.root?.length !== 1) {
      go(rootedAt(search, node.ref), search.node === node.ref);
    }
  };
  useShortcut("Escape", () => {
    if (document.querySelector("[popover=auto]:popover-open")) return;
    if (chosen) deselect();
    else if (isPath) go(withoutPath(search));
  });

  const isEmpty = drawing.nodes.length === 0;
  // The canvas has its place before there is anything on it, so that nothing moves when there is.
  const isCanvas = view === "canvas" && (!isEmpty || (data.isPending && !error));
  const content = () => {
    if (error && isEmpty) return <FailureNotice what={t("graph")} error={error} onRetry={data.retry} />;
    if (isEmpty && data.isPending) {
      return (
        <div className={styles.waiting}>
          <Waiting />
        </div>
      );
    }
    if (isEmpty) return <GraphStart search={search} />;
    if (view === "list") return <GraphList drawing={drawing} search={search} />;
    return (
      <Suspense fallback={<Waiting />}>
        <CanvasPart
          data={data}
          search={search}
          found={search.text === undefined ? null : found}
          hasMinimap={hasMinimap}
          above={above}
          panel={panel}
          onSelect={select}
          onBegin={begin}
          controls={controls}
        />
      </Suspense>
    );
  };
  return (
    <div className={styles.page} data-view={isCanvas ? "canvas" : "list"} aria-busy={data.isPlaceholder || undefined}>
      <PageTitle title={t("title")} />
      <div ref={above} className={styles.above}>
        <GraphBar
          search={search}
          view={view}
          isCanvas={isCanvas}
          drawing={drawing}
          found={found}
          go={go}
          hasMinimap={hasMinimap}
          onMinimap={setHasMinimap}
          controls={controls}
        />
        {isPath && <PathBar search={search} data={data} go={go} />}
        {error && !isEmpty && <StaleNotice error={error} onRetry={data.retry} />}
        <GraphNotes data={data} />
      </div>
      <div className={styles.content}>{content()}</div>
      {chosen && <NodePanel ref={panel} node={chosen} drawing={drawing} search={search} go={go} onClose={deselect} />}
      {!isEmpty && (
        <p className={styles.summary} role="status">
          {summaryOf(drawing)}
        </p>
      )}
    </div>
  );
}

function summaryOf({ nodes, edges }: Drawing): string {
  const there = nodes.filter(({ entity }) => entity).length;
  const missing = nodes.length - there;
  return [
    countOfKind(there),
    missing > 0 && t("missingCount", { count: missing }),
    t("relationCount", { count: edges.length }),
  ]
    .filter(Boolean)
    .join(", ");
}
