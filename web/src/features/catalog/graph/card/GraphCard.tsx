import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo } from "react";
import type { EntityFacts } from "#kit/feature.ts";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { rootField } from "#lib/graphql/request.ts";
import { Card } from "#ui/Card.tsx";
import { t } from "../messages.ts";
import { cardGraph } from "../queries.ts";
import { cardDrawing, cardHeight } from "./cardDrawing.ts";
import styles from "./GraphCard.module.css";

const Picture = lazy(() => import("./Picture.tsx").then((module) => ({ default: module.Picture })));

/** What an entity is related to at once, drawn, and the way to the whole graph. Without relations it is not there. */
export function GraphCard({ entity: { ref } }: { entity: EntityFacts }) {
  const { data } = useQuery({ ...cardGraph(ref), select: (answer) => rootField(answer, "entityGraph") });
  const drawing = useMemo(() => data && cardDrawing(data, ref), [data, ref]);
  if (!drawing || drawing.edges.length === 0) return null;
  return (
    <Card
      title={t("card")}
      isFlush
      action={
        <Link className={styles.open} target={paths.graph({ root: [ref] })}>
          {t("cardOpen")}
        </Link>
      }
    >
      <Suspense fallback={<div className={styles.place} style={{ height: cardHeight(drawing, ref) }} />}>
        <Picture drawing={drawing} height={cardHeight(drawing, ref)} />
      </Suspense>
      {data?.truncated && <p className={styles.note}>{t("cardTruncated")}</p>}
    </Card>
  );
}
