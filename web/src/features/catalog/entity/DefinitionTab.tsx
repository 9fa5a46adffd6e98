import { useQuery } from "@tanstack/react-query";
import { FileQuestion } from "lucide-react";
import { FailureNotice } from "#kit/FailureNotice.tsx";
import type { EntityFacts } from "#kit/feature.ts";
import { rootField } from "#lib/graphql/request.ts";
import { HighlightedCode, type Language } from "#ui/HighlightedCode.tsx";
import { Notice } from "#ui/Notice.tsx";
import { Waiting } from "#ui/Waiting.tsx";
import { t } from "./messages.ts";
import { apiDefinition } from "./queries.ts";

/** The text that defines an API. */
export function DefinitionTab({ entity: { ref } }: { entity: EntityFacts }) {
  const { data, error, refetch } = useQuery({
    ...apiDefinition(ref),
    select: (answer) => rootField(answer, "entity"),
  });
  if (error && !data) return <FailureNotice what={t("definition")} error={error} onRetry={() => refetch()} />;
  if (!data) return <Waiting />;
  if (!data.definition) return <Notice icon={FileQuestion} title={t("noDefinitionTitle")} text={t("noDefinition")} />;
  return (
    <HighlightedCode text={data.definition} language={languageOf(data.type, data.definition)} label={t("definition")} />
  );
}

function languageOf(type: string | null, definition: string): Language {
  if (type === "graphql") return "graphql";
  if (type === "grpc") return "protobuf";
  return definition.trimStart().startsWith("{") ? "json" : "yaml";
}
