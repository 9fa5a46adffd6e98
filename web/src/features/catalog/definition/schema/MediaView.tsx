import { useState } from "react";
import { Choice, Select } from "#ui/Field.tsx";
import { HighlightedCode } from "#ui/HighlightedCode.tsx";
import { Markdown } from "#ui/Markdown.tsx";
import parts from "../parts/Parts.module.css";
import { t } from "./messages.ts";
import { SchemaView } from "./SchemaView.tsx";
import { type Direction, sampleOf } from "./sample.ts";

/** Something with a schema and examples, of one media type. */
interface ShownMedia {
  type: string;
  schema: unknown;
  examples: readonly { name: string; summary?: string; value: unknown }[];
}

interface MediaViewProps {
  document: unknown;
  media: readonly ShownMedia[];
  direction: Direction;
  label: string;
}

/** What a body is made of, as its schema or as an example. */
export function MediaView({ document, media, direction, label }: MediaViewProps) {
  const [position, setPosition] = useState(0);
  const [view, setView] = useState<"schema" | "sample">("schema");
  const [example, setExample] = useState(0);
  const shown = media[position] ?? media[0];
  if (!shown) return null;
  const current = view === "schema" && shown.schema === undefined ? "sample" : view;
  const given = shown.examples[example] ?? shown.examples[0];
  return (
    <>
      <div className={parts.rowHead}>
        {media.length > 1 ? (
          <Select
            className={parts.mediaType ?? ""}
            aria-label={t("body")}
            value={position}
            onChange={(event) => setPosition(Number(event.target.value))}
          >
            {media.map(({ type }, number) => (
              <option key={type} value={number}>
                {type}
              </option>
            ))}
          </Select>
        ) : (
          <span className={parts.type}>{shown.type}</span>
        )}
        {shown.schema !== undefined && (
          <Choice
            label={t("view")}
            isLabelHidden
            value={current}
            options={[
              { value: "schema", label: t("schema") },
              { value: "sample", label: t("sample") },
            ]}
            onChange={setView}
          />
        )}
        {current === "sample" && shown.examples.length > 1 && (
          <Select
            className={parts.mediaType ?? ""}
            aria-label={t("sample")}
            value={example}
            onChange={(event) => setExample(Number(event.target.value))}
          >
            {shown.examples.map(({ name, summary }, number) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an example may have no name
              <option key={number} value={number}>
                {summary ?? (name || t("option", { number: number + 1 }))}
              </option>
            ))}
          </Select>
        )}
      </div>
      {current === "schema" ? (
        <SchemaView document={document} schema={shown.schema} label={label} />
      ) : (
        <>
          {given?.summary && <Markdown text={given.summary} />}
          <Sample value={given ? given.value : sampleOf(document, shown.schema, direction)} type={shown.type} />
        </>
      )}
    </>
  );
}

function Sample({ value, type }: { value: unknown; type: string }) {
  const text = typeof value === "string" ? value : (JSON.stringify(value, null, 2) ?? "");
  const isJson = typeof value !== "string" || /json/.test(type);
  return <HighlightedCode text={text} language={isJson ? "json" : "yaml"} label={t("sample")} />;
}
