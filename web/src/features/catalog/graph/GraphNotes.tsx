import { Banner } from "#ui/Notice.tsx";
import styles from "./GraphPage.module.css";
import type { GraphData } from "./graphData.ts";
import { t } from "./messages.ts";

/** What one should know about what is shown. */
export function GraphNotes({ data: { drawing, isTruncated, missing, isPending, isPlaceholder } }: { data: GraphData }) {
  const { nodes, edges } = drawing;
  const isAlone = nodes.length > 0 && edges.length === 0 && nodes.every(({ isRoot }) => isRoot);
  return (
    <div className={styles.notes} role="status">
      {missing.length > 0 && <Banner tone="warning">{t("missingRoots", { refs: missing.join(", ") })}</Banner>}
      {isTruncated && <Banner tone="neutral">{t("truncated", { count: nodes.length })}</Banner>}
      {isAlone && !isPending && !isPlaceholder && <Banner tone="neutral">{t("alone")}</Banner>}
    </div>
  );
}
