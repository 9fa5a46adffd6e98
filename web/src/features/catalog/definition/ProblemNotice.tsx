import { TriangleAlert } from "lucide-react";
import styles from "./Definition.module.css";
import type { Format } from "./format.ts";
import { t } from "./messages.ts";
import type { Problem } from "./reading/problem.ts";
import source from "./SourceView.module.css";

const around = 3;
const longestLine = 300;

/** Why a definition is not shown as what it is, with the lines around the mistake. */
export function ProblemNotice({ problem, format, text }: { problem: Problem; format: Format; text: string }) {
  return (
    <section className={styles.problem} role="alert">
      <h2 className={styles.problemTitle}>
        <TriangleAlert size={16} aria-hidden />
        {t("problemTitle", { format: t(`format_${format}`) })}
      </h2>
      <p>
        {sentenceOf(problem)} {problem.detail && problem.reason !== "version" && <code>{problem.detail}</code>}
      </p>
      {problem.line !== undefined && <Excerpt text={text} line={problem.line} />}
      <p className={styles.quiet}>{t("whatToDo")}</p>
    </section>
  );
}

function sentenceOf({ reason, line, detail }: Problem): string {
  if (reason === "syntax")
    return line === undefined ? t("problem_syntaxSomewhere") : t("problem_syntax", { line: String(line) });
  if (reason === "version") return detail ? t("problem_version", { version: detail }) : t("problem_noVersion");
  return t(`problem_${reason}`);
}

function Excerpt({ text, line }: { text: string; line: number }) {
  const lines = text.split("\n");
  const first = Math.max(1, line - around);
  const shown = lines.slice(first - 1, line + around);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className={source.excerpt} tabIndex={0} aria-label={t("where", { line: String(line) })}>
      {shown.map((content, position) => {
        const number = first + position;
        return (
          <div key={number} className={source.line} data-marked={number === line || undefined}>
            <span>{number}</span>
            <span>{content.slice(0, longestLine)}</span>
          </div>
        );
      })}
    </section>
  );
}
