import { useMemo } from "react";
import { Badge, type Tone } from "#ui/Badge.tsx";
import { CodeBlock } from "#ui/CodeBlock.tsx";
import { HighlightedCode } from "#ui/HighlightedCode.tsx";
import { Banner } from "#ui/Notice.tsx";
import { Prose } from "#ui/Prose.tsx";
import parts from "../parts/Parts.module.css";
import { t } from "./messages.ts";
import type { Outcome } from "./outsideWorker.ts";
import styles from "./TryIt.module.css";

/** What came of a request, or in plain words why nothing did. */
export function OutcomeView({ outcome }: { outcome: Outcome }) {
  if ("failure" in outcome) {
    const { failure, detail } = outcome;
    return (
      <Banner tone="danger">
        <strong>{t(failure)}</strong>
        <p>
          {failure === "unreachable" && <Prose text={t("unreachableText", { origin: window.location.origin })} />}
          {failure === "redirect" && <Prose text={t("redirectText")} />}
          {failure === "refused" && detail}
        </p>
      </Banner>
    );
  }
  const { status, statusText, headers, text, isCut, isBinary, milliseconds } = outcome;
  return (
    <>
      <div className={parts.rowHead}>
        <h4>{t("answer")}</h4>
        <Badge tone={toneOf(status)}>
          {t("answered", {
            status: `${status} ${statusText}`.trim(),
            milliseconds: Math.max(1, Math.round(milliseconds)),
          })}
        </Badge>
      </div>
      {headers.length > 0 && (
        <details className={styles.details}>
          <summary>{t("headers", { count: headers.length })}</summary>
          <dl className={parts.facts}>
            {headers.map(([name, value]) => [
              <dt key={`${name} name`} className={parts.code}>
                {name}
              </dt>,
              <dd key={name} className={parts.code}>
                {value}
              </dd>,
            ])}
          </dl>
        </details>
      )}
      {isBinary && <p className={parts.faint}>{t("binary")}</p>}
      {!isBinary && text === "" && <p className={parts.faint}>{t("empty")}</p>}
      {text !== "" && <AnswerText text={text} />}
      {isCut && <p className={parts.faint}>{t("cut")}</p>}
    </>
  );
}

function AnswerText({ text }: { text: string }) {
  // The form above is typed in, letter by letter.
  const formatted = useMemo(() => formattedJson(text), [text]);
  if (formatted === undefined) return <CodeBlock text={text} label={t("answer")} />;
  return <HighlightedCode text={formatted} language="json" label={t("answer")} />;
}

function formattedJson(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return undefined;
  }
}

function toneOf(status: number): Tone {
  if (status < 300) return "ok";
  return status < 500 ? "warning" : "danger";
}
