import { lazy, Suspense, useMemo } from "react";
import { Card } from "#ui/Card.tsx";
import type { SurroundingsFragment } from "../../entity/EntityPage.generated.ts";
import { GraphLink } from "../../entity/GraphLink.tsx";
import { t } from "../messages.ts";
import { cardDrawing, cardHeight, insideDrawing } from "./cardDrawing.ts";
import styles from "./GraphCard.module.css";

const Picture = lazy(() => import("./Picture.tsx").then((module) => ({ default: module.Picture })));

interface GraphCardProps {
  reference: string;
  /** What is known of what lies around it. */
  graph: SurroundingsFragment | null;
  title?: string;
  /** Show how its parts are related to one another, rather than it to others. */
  isInside?: boolean;
}

/** What an entity is related to at once, drawn, and the way to the whole graph. Without relations it is not there. */
export function GraphCard({ reference, graph, title = t("card"), isInside = false }: GraphCardProps) {
  const drawing = useMemo(
    () => graph && (isInside ? insideDrawing(graph, reference) : cardDrawing(graph, reference)),
    [graph, reference, isInside],
  );
  if (!drawing || drawing.edges.length === 0) return null;
  const height = cardHeight(drawing, reference);
  return (
    <Card title={title} isFlush action={<GraphLink reference={reference} />}>
      <Suspense fallback={<div className={styles.place} style={{ height }} />}>
        <Picture drawing={drawing} height={height} label={title} />
      </Suspense>
      {graph?.truncated && <p className={styles.note}>{t("cardTruncated")}</p>}
    </Card>
  );
}
