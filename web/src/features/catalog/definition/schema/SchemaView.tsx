import { ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "#ui/Button.tsx";
import { Markdown } from "#ui/Markdown.tsx";
import { Banner } from "#ui/Notice.tsx";
import parts from "../parts/Parts.module.css";
import { ItemLink } from "../place.tsx";
import { t } from "./messages.ts";
import styles from "./Schema.module.css";
import { type Property, type Shape, shapeOf } from "./schema.ts";

const shownAtOnce = 60;

interface SchemaViewProps {
  document: unknown;
  schema: unknown;
  /** What the schema is of, for those who listen. */
  label: string;
  /** Its own description stands elsewhere. */
  isBare?: boolean;
}

/** A schema: its first level, and what is below as one opens it. */
export function SchemaView({ document, schema, label, isBare = false }: SchemaViewProps) {
  const shape = shapeOf(document, schema);
  if (shape.problem) return <Banner tone="warning">{t(shape.problem, { name: shape.name ?? "" })}</Banner>;
  return (
    <div className={styles.schema}>
      <div className={parts.rowHead}>
        <TypeName shape={shape} />
      </div>
      {!isBare && shape.description && <Markdown text={shape.description} />}
      <Details shape={shape} />
      <Below document={document} shape={shape} label={label} />
    </div>
  );
}

/** What is below a schema: its properties and the ways it may take. */
function Below({ document, shape, label }: { document: unknown; shape: Shape; label: string }) {
  return (
    <>
      {shape.properties.length > 0 && <Properties document={document} properties={shape.properties} label={label} />}
      {shape.variants.map(({ word, schemas }) => (
        <div key={word} className={styles.variants}>
          <span className={parts.faint}>{t(word)}</span>
          <ul className={styles.tree} aria-label={t(word)}>
            {schemas.slice(0, shownAtOnce).map((schema, position) => (
              <Node
                // biome-ignore lint/suspicious/noArrayIndexKey: variants have no names
                key={position}
                document={document}
                schema={schema}
                name={t("option", { number: position + 1 })}
                isVariant
              />
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}

function Properties({ document, properties, label }: { document: unknown; properties: Property[]; label: string }) {
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? properties : properties.slice(0, shownAtOnce);
  return (
    <>
      <ul className={styles.tree} aria-label={t("properties", { name: label })}>
        {shown.map(({ name, schema, isRequired }) => (
          <Node key={name} document={document} schema={schema} name={name} isRequired={isRequired} />
        ))}
      </ul>
      {shown.length < properties.length && (
        <Button size="small" onClick={() => setIsWhole(true)}>
          {t("showMore", { count: properties.length })}
        </Button>
      )}
    </>
  );
}

interface NodeProps {
  document: unknown;
  schema: unknown;
  name: string;
  isRequired?: boolean;
  isVariant?: boolean;
}

function Node({ document, schema, name, isRequired = false, isVariant = false }: NodeProps) {
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const shape = shapeOf(document, schema);
  const hasMore = shape.properties.length > 0 || shape.variants.length > 0;
  const title = isVariant ? (shape.name ?? name) : name === "*" ? t("additional") : name;
  const content = <span className={shape.isDeprecated ? `${parts.name} ${parts.struck}` : parts.name}>{title}</span>;
  return (
    <li className={styles.node}>
      <div className={parts.rowHead}>
        {hasMore ? (
          <button
            type="button"
            className={styles.opener}
            aria-expanded={isOpen}
            aria-controls={isOpen ? id : undefined}
            onClick={() => setIsOpen(!isOpen)}
          >
            <ChevronRight size={14} aria-hidden />
            {content}
          </button>
        ) : (
          <span className={styles.leaf}>{content}</span>
        )}
        <TypeName shape={shape} isVariant={isVariant} />
        {isRequired && <span className={parts.required}>{t("required")}</span>}
        {shape.access && <span className={parts.faint}>{t(shape.access)}</span>}
        {shape.isDeprecated && <span className={parts.faint}>{t("deprecated")}</span>}
      </div>
      <div className={styles.words}>
        {shape.problem && <p className={parts.faint}>{t(shape.problem, { name: shape.name ?? name })}</p>}
        {shape.description && <Markdown text={shape.description} />}
        <Details shape={shape} />
        {isOpen && (
          <div id={id} className={styles.below}>
            <Below document={document} shape={shape} label={title} />
          </div>
        )}
      </div>
    </li>
  );
}

function TypeName({ shape, isVariant = false }: { shape: Shape; isVariant?: boolean }) {
  const { name, type } = shape;
  const isList = type.endsWith("[]");
  const item = isList ? type.replace(/(\[\])+$/, "") : undefined;
  return (
    <span className={parts.type}>
      {item !== undefined ? (
        <>
          <ItemLink id={`schema ${item}`}>{item}</ItemLink>
          {type.slice(item.length)}
        </>
      ) : (
        type
      )}
      {name !== undefined && !isVariant && name !== type && (
        <>
          {" "}
          <ItemLink id={`schema ${name}`}>{name}</ItemLink>
        </>
      )}
      {shape.limits.length > 0 && ` · ${shape.limits.join(" · ")}`}
    </span>
  );
}

function Details({ shape: { values, fallback, examples } }: { shape: Shape }) {
  const lines: [string, string[]][] = [
    [t("values"), values],
    [t("default"), fallback === undefined ? [] : [fallback]],
    [t("example"), examples],
  ];
  return lines
    .filter(([, chips]) => chips.length > 0)
    .map(([name, chips]) => (
      <div key={name} className={parts.rowHead}>
        <span className={parts.faint}>{name}</span>
        <span className={parts.chips}>
          {chips.slice(0, 40).map((chip, position) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a value may stand there twice
            <code key={position} className={parts.chip}>
              {chip}
            </code>
          ))}
          {chips.length > 40 && "…"}
        </span>
      </div>
    ));
}
