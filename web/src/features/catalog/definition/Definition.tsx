import { Braces, Download, FileText } from "lucide-react";
import { lazy, Suspense, useMemo, useRef } from "react";
import { Link } from "#kit/Link.tsx";
import { saveFile } from "#lib/saveFile.ts";
import { sizeOf } from "#lib/size.ts";
import { Badge } from "#ui/Badge.tsx";
import { Button } from "#ui/Button.tsx";
import { CopyButton } from "#ui/CopyButton.tsx";
import { Banner } from "#ui/Notice.tsx";
import { Waiting } from "#ui/Waiting.tsx";
import styles from "./Definition.module.css";
import type { Format, FormatChoice } from "./format.ts";
import { t } from "./messages.ts";
import { Neighbours } from "./Neighbours.tsx";
import { OutlinePanel } from "./OutlinePanel.tsx";
import type { Outline } from "./outline.ts";
import { ProblemNotice } from "./ProblemNotice.tsx";
import { DefinitionContext, definitionTarget, useDefinitionSearch } from "./place.tsx";
import type { Read } from "./reading/read.ts";
import { SourceView } from "./SourceView.tsx";
import { useReading } from "./useReading.ts";

const OpenApiView = lazy(() => import("./openapi/OpenApiView.tsx").then((module) => ({ default: module.OpenApiView })));
const AsyncApiView = lazy(() =>
  import("./asyncapi/AsyncApiView.tsx").then((module) => ({ default: module.AsyncApiView })),
);
const GraphqlView = lazy(() => import("./graphql/GraphqlView.tsx").then((module) => ({ default: module.GraphqlView })));
const ProtoView = lazy(() => import("./proto/ProtoView.tsx").then((module) => ({ default: module.ProtoView })));

interface DefinitionProps {
  entityRef: string;
  name: string;
  text: string;
  choice: FormatChoice;
}

/** A definition, in the viewer of its language or as its source. */
export function Definition({ entityRef, name, text, choice: { format, declared } }: DefinitionProps) {
  const search = useDefinitionSearch();
  const reading = useReading(format, text);
  const isSource = format === "text" || search.view === "source";
  const read = reading?.read;
  return (
    <>
      <Toolbar
        entityRef={entityRef}
        name={name}
        text={text}
        format={format}
        outline={read?.outline}
        isSource={isSource}
      />
      {declared && (
        <div className={styles.disagrees}>
          <Banner tone="neutral">{t("disagrees", { declared, format: t(`format_${format}`) })}</Banner>
        </div>
      )}
      {isSource ? (
        <div className={styles.withNeighbours}>
          <SourceView text={text} format={format} />
          <Neighbours entityRef={entityRef} />
        </div>
      ) : reading?.problem ? (
        <div className={styles.withNeighbours}>
          <div className={styles.stack}>
            <ProblemNotice problem={reading.problem} format={format} text={text} />
            <SourceView text={text} format={format} />
          </div>
          <Neighbours entityRef={entityRef} />
        </div>
      ) : read ? (
        <Viewer entityRef={entityRef} read={read} item={search.item} />
      ) : (
        <div role="status" aria-busy="true">
          <span className="visually-hidden">
            {text.length > 500_000 ? t("readingLarge", { size: sizeOf(text.length) }) : t("reading")}
          </span>
          <Waiting />
        </div>
      )}
    </>
  );
}

function Viewer({ entityRef, read, item }: { entityRef: string; read: Read; item: string | undefined }) {
  const content = useRef<HTMLDivElement>(null);
  const { groups } = read.outline;
  const context = useMemo(
    () => ({
      entityRef,
      items: new Set(groups.flatMap(({ items }) => items.map(({ id }) => id))),
      // Whoever chose something further down sees it from its beginning.
      onChoose: () => {
        const element = content.current;
        if (element && element.getBoundingClientRect().top < 0) element.scrollIntoView({ block: "start" });
      },
    }),
    [entityRef, groups],
  );
  return (
    <DefinitionContext value={context}>
      <div className={styles.viewer}>
        <OutlinePanel entityRef={entityRef} groups={groups} item={item} />
        <div ref={content} className={styles.content}>
          <Suspense fallback={<Waiting />}>
            <View read={read} item={item} />
          </Suspense>
        </div>
        <Neighbours entityRef={entityRef} />
      </div>
    </DefinitionContext>
  );
}

function View({ read, item }: { read: Read; item: string | undefined }) {
  if (read.format === "graphql") return <GraphqlView model={read.model} outline={read.outline} item={item} />;
  if (read.format === "grpc") return <ProtoView model={read.model} outline={read.outline} item={item} />;
  const Chosen = read.format === "openapi" ? OpenApiView : AsyncApiView;
  return <Chosen document={read.document} outline={read.outline} item={item} />;
}

interface ToolbarProps {
  entityRef: string;
  name: string;
  text: string;
  format: Format;
  outline: Outline | undefined;
  isSource: boolean;
}

function Toolbar({ entityRef, name, text, format, outline, isSource }: ToolbarProps) {
  const search = useDefinitionSearch();
  return (
    <div className={styles.toolbar}>
      <Badge>{t(`format_${format}`)}</Badge>
      {outline?.title && <span className={styles.apiTitle}>{outline.title}</span>}
      {outline?.version && <span className={styles.quiet}>{outline.version}</span>}
      <span className={styles.quiet}>{sizeOf(text.length)}</span>
      <div className={styles.tools}>
        {format !== "text" && (
          <nav className={styles.switch} aria-label={t("views")}>
            {([undefined, "source"] as const).map((view) => (
              <Link
                key={view ?? ""}
                target={definitionTarget(entityRef, { ...search, view })}
                isInPlace
                aria-current={(view === "source") === isSource ? "true" : undefined}
              >
                {view ? <Braces size={14} aria-hidden /> : <FileText size={14} aria-hidden />}
                {view ? t("source") : t("definition")}
              </Link>
            ))}
          </nav>
        )}
        <CopyButton text={text} what={t("source")} isLabelled />
        <Button look="quiet" size="small" onClick={() => saveFile(fileName(name, format, text), new Blob([text]))}>
          <Download size={14} aria-hidden />
          {t("download")}
        </Button>
      </div>
    </div>
  );
}

function fileName(name: string, format: Format, text: string): string {
  if (format === "graphql" && !text.trimStart().startsWith("{")) return `${name}.graphql`;
  if (format === "grpc") return `${name}.proto`;
  if (format === "text") return `${name}.txt`;
  return `${name}.${text.trimStart().startsWith("{") ? "json" : "yaml"}`;
}
