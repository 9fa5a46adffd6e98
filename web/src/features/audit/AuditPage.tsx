import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { FilterX, ScrollText } from "lucide-react";
import { FailureNotice } from "#kit/FailureNotice.tsx";
import { Link } from "#kit/Link.tsx";
import { PageHead } from "#kit/PageHead.tsx";
import { paths } from "#kit/paths.ts";
import { rootField } from "#lib/graphql/request.ts";
import { buttonClass } from "#ui/Button.tsx";
import { Notice } from "#ui/Notice.tsx";
import { Waiting } from "#ui/Waiting.tsx";
import { AuditFilters } from "./AuditFilters.tsx";
import styles from "./AuditPage.module.css";
import { AuditTable } from "./AuditTable.tsx";
import { type AuditSearch, isNarrowed, readAuditSearch } from "./auditSearch.ts";
import { ExportButton } from "./ExportButton.tsx";
import { t } from "./messages.ts";
import { auditLog } from "./queries.ts";

/** What everyone did, narrowed and paged by the address. */
export function AuditPage() {
  const search = readAuditSearch(useSearch({ strict: false }));
  return (
    <>
      <PageHead title={t("title")} text={t("text")} actions={<ExportButton search={search} />} />
      <AuditFilters search={search} />
      <Events search={search} />
    </>
  );
}

function Events({ search }: { search: AuditSearch }) {
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery({
    ...auditLog(search),
    placeholderData: keepPreviousData,
    select: (answer) => rootField(answer, "auditEvents"),
  });
  if (isPending) return <Waiting />;
  if (error) return <FailureNotice what={t("what")} error={error} onRetry={() => refetch()} />;
  if (!data) return null;
  if (data.nodes.length === 0) return <Empty search={search} />;
  const { hasNextPage, endCursor } = data.pageInfo;
  return (
    <>
      <AuditTable events={data.nodes} isStale={isPlaceholderData} />
      <footer className={styles.foot}>
        <p role="status">{t("count", { count: data.totalCount })}</p>
        <nav aria-label={t("pages")}>
          {search.after && (
            <Link className={buttonClass({ size: "small" })} target={paths.audit({ ...search, after: undefined })}>
              {t("newest")}
            </Link>
          )}
          {hasNextPage && endCursor && (
            <Link className={buttonClass({ size: "small" })} target={paths.audit({ ...search, after: endCursor })}>
              {t("next")}
            </Link>
          )}
        </nav>
      </footer>
    </>
  );
}

function Empty({ search }: { search: AuditSearch }) {
  if (!isNarrowed(search)) return <Notice icon={ScrollText} title={t("emptyTitle")} text={t("emptyText")} />;
  return (
    <Notice
      icon={FilterX}
      title={t("noMatchTitle")}
      text={t("noMatchText")}
      actions={
        <Link className={buttonClass()} target={paths.audit()}>
          {t("clear")}
        </Link>
      }
    />
  );
}
