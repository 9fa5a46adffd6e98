import { useQuery } from "@tanstack/react-query";
import { FileQuestion } from "lucide-react";
import { lazy, Suspense, useMemo } from "react";
import { FailureNotice } from "#kit/FailureNotice.tsx";
import type { EntityFacts } from "#kit/feature.ts";
import { usePageQuery } from "#kit/pageQuery.ts";
import { rootField } from "#lib/graphql/request.ts";
import { CodeBlock } from "#ui/CodeBlock.tsx";
import { Notice } from "#ui/Notice.tsx";
import { Prose } from "#ui/Prose.tsx";
import { Waiting } from "#ui/Waiting.tsx";
import { apiDefinition } from "../entity/queries.ts";
import styles from "./Definition.module.css";
import { Definition } from "./Definition.tsx";
import { chooseFormat } from "./format.ts";
import { t } from "./messages.ts";
import { Neighbours } from "./Neighbours.tsx";

const McpView = lazy(() => import("./mcp/McpView.tsx").then((module) => ({ default: module.McpView })));

/** What an API offers, and who provides and consumes it. */
export function DefinitionTab({ entity: { ref } }: { entity: EntityFacts }) {
  usePageQuery(apiDefinition(ref));
  const { data, error, refetch } = useQuery({
    ...apiDefinition(ref),
    select: (answer) => rootField(answer, "entity"),
  });
  const text = data?.definition;
  const choice = useMemo(() => chooseFormat(data?.type ?? null, text ?? ""), [data?.type, text]);
  if (error && !data) return <FailureNotice what={t("what")} error={error} onRetry={() => refetch()} />;
  if (!data) return <Waiting />;
  if (text && text.trim() !== "")
    return <Definition key={ref} entityRef={ref} name={data.name} text={text} choice={choice} />;
  return (
    <div className={styles.withNeighbours}>
      {data.remotes && data.remotes.length > 0 ? (
        <Suspense fallback={<Waiting />}>
          <McpView name={data.name} type={data.type ?? ""} remotes={data.remotes} />
        </Suspense>
      ) : (
        <NoDefinition />
      )}
      <Neighbours entityRef={ref} />
    </div>
  );
}

const snippet = `spec:
  type: openapi
  definition:
    $text: ./openapi.yaml
`;

function NoDefinition() {
  return (
    <Notice icon={FileQuestion} title={t("noDefinitionTitle")} text={<Prose text={t("noDefinition")} />}>
      <CodeBlock text={snippet} label={t("definition")} />
    </Notice>
  );
}
