import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { stringify } from "yaml";
import { FailureNotice } from "#kit/FailureNotice.tsx";
import type { EntityFacts } from "#kit/feature.ts";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { rootField } from "#lib/graphql/request.ts";
import { HighlightedCode } from "#ui/HighlightedCode.tsx";
import { Waiting } from "#ui/Waiting.tsx";
import { t } from "./messages.ts";
import pills from "./Pills.module.css";
import { entitySource } from "./queries.ts";

/** An entity as the catalog holds it, as YAML or as JSON. */
export function YamlTab({ entity: { ref } }: { entity: EntityFacts }) {
  const raw = useSearch({ strict: false }) as Record<string, unknown>;
  const language = raw.format === "json" ? "json" : "yaml";
  const { data, error, refetch } = useQuery({
    ...entitySource(ref),
    select: (answer) => rootField(answer, "entity"),
  });
  if (error && !data) return <FailureNotice what={t("entity")} error={error} onRetry={() => refetch()} />;
  if (!data) return <Waiting />;
  const text = language === "json" ? `${JSON.stringify(data, null, 2)}\n` : stringify(data, { lineWidth: 0 });
  return (
    <>
      <nav className={pills.pills} aria-label={t("formats")}>
        {(["yaml", "json"] as const).map((format) => (
          <Link
            key={format}
            className={pills.pill}
            target={paths.entity(ref, "yaml", format === "json" ? { format } : {})}
            isInPlace
            aria-current={format === language ? "true" : undefined}
          >
            {t(format === "json" ? "asJson" : "asYaml")}
          </Link>
        ))}
      </nav>
      <HighlightedCode text={text} language={language} label={t(language === "json" ? "asJson" : "asYaml")} />
    </>
  );
}
