import { useMemo } from "react";
import { HighlightedCode, type Language } from "#ui/HighlightedCode.tsx";
import type { Format } from "./format.ts";
import { t } from "./messages.ts";
import styles from "./SourceView.module.css";

/** Above this many characters a text is drawn in parts, and only those in sight. */
const wholeUpTo = 200_000;
const linesPerPart = 250;
const lineHeight = 18;

/** A definition as it is written. */
export function SourceView({ text, format }: { text: string; format: Format }) {
  if (text.length <= wholeUpTo && format !== "text") {
    return <HighlightedCode text={text} language={languageOf(format, text)} label={t("definition")} />;
  }
  return <LongSource text={text} />;
}

function LongSource({ text }: { text: string }) {
  const parts = useMemo(() => {
    const lines = text.split("\n");
    const count = Math.ceil(lines.length / linesPerPart);
    return Array.from({ length: count }, (_, part) => lines.slice(part * linesPerPart, (part + 1) * linesPerPart));
  }, [text]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className={styles.source} tabIndex={0} aria-label={t("definition")}>
      {parts.map((lines, part) => (
        <pre
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts are made anew as a whole
          key={part}
          className={styles.part}
          style={{ containIntrinsicSize: `auto ${lines.length * lineHeight}px` }}
        >
          {lines.join("\n")}
          {part < parts.length - 1 && "\n"}
        </pre>
      ))}
    </section>
  );
}

function languageOf(format: Format, text: string): Language {
  if (/^\s*[{[]/.test(text)) return "json";
  if (format === "graphql") return "graphql";
  return format === "grpc" ? "protobuf" : "yaml";
}
