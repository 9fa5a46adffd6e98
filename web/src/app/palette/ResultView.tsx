import { Suspense, use } from "react";
import { FeaturesContext, viewOf } from "#kit/feature.ts";
import { PluginBoundary } from "#kit/PluginBoundary.tsx";
import type { PaletteItem } from "./items.ts";
import styles from "./Palette.module.css";

/** What a plugin says more about a line, at its end; where that breaks, the line is as it is without. */
export function ResultView({ source, item: { id, title } }: { source: string; item: PaletteItem }) {
  const result = { source, id, title };
  const view = viewOf(use(FeaturesContext), result);
  if (!view) return null;
  return (
    <span className={styles.view}>
      <PluginBoundary plugin={view.plugin} resetKey={id}>
        <Suspense fallback={null}>
          <view.component result={result} />
        </Suspense>
      </PluginBoundary>
    </span>
  );
}
