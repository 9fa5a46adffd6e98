import { Download } from "lucide-react";
import { lazy, Suspense } from "react";
import { operation } from "#kit/query.ts";
import { saveFile } from "#lib/saveFile.ts";
import { Button } from "#ui/Button.tsx";
import { CodeBlock } from "#ui/CodeBlock.tsx";
import { Prose } from "#ui/Prose.tsx";
import { t } from "./messages.ts";
import { AnalyzeLocationDocument, type AnalyzeLocationQuery } from "./Register.generated.ts";
import styles from "./RegisterPage.module.css";
import type { Place } from "./TargetFields.tsx";

const HighlightedCode = lazy(() =>
  import("#ui/HighlightedCode.tsx").then((module) => ({ default: module.HighlightedCode })),
);

type Found = NonNullable<AnalyzeLocationQuery["analyzeLocation"]>;

/** What is in a repository, and what could be. That it cannot be told is no failure of its own. */
export function locationAnalysis({ type, target }: Place) {
  return operation(AnalyzeLocationDocument, { type, target: target.trim() });
}

interface AnalysisProps {
  analysis: Found;
  place: Place;
  /** Has a look at what would come in from there. */
  onPreview: (target: string) => void;
}

/** For a repository that nothing can be registered of as it is: a descriptor to put into it, or those that are there. */
export function Analysis({ analysis, place, onPreview }: AnalysisProps) {
  if (analysis.existingDescriptors.length > 0) {
    return (
      <section className={styles.outcome} aria-label={t("describedBy")}>
        <h2>{t("describedBy")}</h2>
        <p className={styles.summary}>{t("describedText")}</p>
        <ul className={styles.documents}>
          {analysis.existingDescriptors.map((target) => (
            <li key={target} className={`${styles.document} ${styles.head}`}>
              <span className={styles.reference}>{target}</span>
              <Button size="small" aria-label={t("previewThis", { target })} onClick={() => onPreview(target)}>
                {t("preview")}
              </Button>
            </li>
          ))}
        </ul>
      </section>
    );
  }
  return analysis.yaml === null ? null : (
    <Draft yaml={analysis.yaml} found={analysis} place={place} onPreview={onPreview} />
  );
}

function Draft({ yaml, found, place, onPreview }: { yaml: string; found: Found } & Omit<AnalysisProps, "analysis">) {
  const asked = found.proposals.flatMap(({ fields }) => fields).filter(({ state }) => state === "NEEDS_INPUT");
  const target = place.target.trim();
  return (
    <section className={styles.outcome} aria-label={t("noDescriptor")}>
      <h2>{t("noDescriptor")}</h2>
      <p className={styles.summary}>{t("draft")}</p>
      <Suspense fallback={<CodeBlock text={yaml} label={t("draftLabel")} />}>
        <HighlightedCode text={yaml} language="yaml" label={t("draftLabel")} />
      </Suspense>
      {asked.length > 0 && (
        <div className={styles.summary}>
          <h3>{t("toFillIn")}</h3>
          <ul className={styles.asked}>
            {asked.map(({ field, value, reason }, position) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: several entities may ask the same, and none of it changes
              <li key={position}>
                <Prose text={`\`${field}\`: ${reason}`} />{" "}
                <span className={styles.quiet}>({t("drafted", { value })})</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      <p className={styles.summary}>
        {t("putIt")} <span className={styles.reference}>{target}</span>
        <br />
        {t("thenPreview")}
      </p>
      <div className={styles.actions}>
        <Button onClick={() => saveFile("catalog-info.yaml", new Blob([yaml], { type: "application/yaml" }))}>
          <Download size={14} aria-hidden />
          {t("download")}
        </Button>
        <Button onClick={() => onPreview(target)}>{t("previewAgain")}</Button>
      </div>
    </section>
  );
}
