import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { CircleCheck } from "lucide-react";
import { FailureNotice } from "#kit/FailureNotice.tsx";
import { Link } from "#kit/Link.tsx";
import { PageTitle } from "#kit/PageTitle.tsx";
import { paths } from "#kit/paths.ts";
import { rootField } from "#lib/graphql/request.ts";
import { firstValueOf } from "#lib/urlSearch.ts";
import { buttonClass } from "#ui/Button.tsx";
import { CopyButton } from "#ui/CopyButton.tsx";
import { Notice } from "#ui/Notice.tsx";
import { Prose } from "#ui/Prose.tsx";
import { Waiting } from "#ui/Waiting.tsx";
import breadcrumb from "../entity/EntityPage.module.css";
import { t as catalogText } from "../messages.ts";
import { t } from "./messages.ts";
import styles from "./ProblemsPage.module.css";
import { unprocessedEntities } from "./queries.ts";
import type { UnprocessedEntitiesQuery } from "./UnprocessedEntities.generated.ts";

type Unprocessed = NonNullable<UnprocessedEntitiesQuery["unprocessedEntities"]>["nodes"][number];

/** The documents that are not in the catalog as their authors meant, and why. */
export function ProblemsPage() {
  const raw = useSearch({ strict: false }) as Record<string, unknown>;
  const { data, error, isPending, refetch } = useQuery({
    ...unprocessedEntities(firstValueOf(raw.after)),
    select: (answer) => rootField(answer, "unprocessedEntities"),
  });
  return (
    <>
      <PageTitle title={t("title")} />
      <nav className={breadcrumb.breadcrumb}>
        <Link target={paths.catalog()}>{catalogText("catalog")}</Link>
      </nav>
      <header className={styles.head}>
        <h1 className={styles.title}>{t("title")}</h1>
        <p className={styles.text}>{t("text")}</p>
      </header>
      {isPending && <Waiting />}
      {error && <FailureNotice what={t("what")} error={error} onRetry={() => refetch()} />}
      {data?.totalCount === 0 && <Notice icon={CircleCheck} title={t("noneTitle")} text={t("none")} />}
      <div className={styles.list}>
        {data?.nodes.map((node) => (
          <UnprocessedDocument key={node.id} unprocessed={node} />
        ))}
      </div>
      {data?.pageInfo.hasNextPage && (
        <p className={styles.more}>
          <Link className={buttonClass()} target={paths.catalogProblems({ after: data.pageInfo.endCursor })}>
            {t("next")}
          </Link>
        </p>
      )}
    </>
  );
}

function UnprocessedDocument({ unprocessed: { location, document, ref, errors } }: { unprocessed: Unprocessed }) {
  return (
    <section className={styles.document}>
      <h2 className={styles.where}>
        <span className={styles.location}>{location}</span>
        <CopyButton text={location} what={location} />
        <span className={styles.note}>{t("document", { number: document + 1 })}</span>
        {ref && <span className={styles.note}>{ref}</span>}
      </h2>
      <ul>
        {errors.map(({ message, error }) => {
          const { line, column, field } = readDetail(error);
          return (
            <li key={`${line} ${column} ${field} ${message}`} className={styles.error}>
              <span className={styles.position}>
                {line !== null && t("position", { line: String(line), column: String(column ?? 1) })}
              </span>
              <span>
                <Prose text={message} />
                {field && !message.includes(field) && <span className={styles.path}>{field}</span>}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The place of an error as far as the server knows it. */
function readDetail(error: unknown): { line: number | null; column: number | null; field: string | null } {
  const detail = typeof error === "object" && error !== null ? (error as Record<string, unknown>) : {};
  const number = (key: string) => (typeof detail[key] === "number" ? detail[key] : null);
  return {
    line: number("line"),
    column: number("column"),
    field: typeof detail.field === "string" ? detail.field : null,
  };
}
