import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { FilterX, ScrollText } from "lucide-react";
import { Fetched } from "#kit/Fetched.tsx";
import { Link } from "#kit/Link.tsx";
import { PageHead } from "#kit/PageHead.tsx";
import { usePageQuery } from "#kit/pageQuery.ts";
import { paths } from "#kit/paths.ts";
import { rootField } from "#lib/graphql/request.ts";
import { buttonClass } from "#ui/Button.tsx";
import { Notice } from "#ui/Notice.tsx";
import { AuditFilters } from "./AuditFilters.tsx";
import type { AuditLogQuery } from "./AuditLog.generated.ts";
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
  usePageQuery(auditLog(search));
  const query = useQuery({
    ...auditLog(search),
    placeholderData: keepPreviousData,
    select: (answer) => rootField(answer, "auditEvents"),
  });
  return (
    <Fetched query={query} what={t("what")}>
      {(log) => log && <Page log={log} search={search} isStale={query.isPlaceholderData} />}
    </Fetched>
  );
}

interface PageProps {
  log: NonNullable<AuditLogQuery["auditEvents"]>;
  search: AuditSearch;
  isStale: boolean;
}

function Page({ log: { nodes, totalCount, pageInfo }, search, isStale }: PageProps) {
  if (nodes.length === 0) return <Empty search={search} />;
  const { hasNextPage, endCursor } = pageInfo;
  return (
    <>
      <AuditTable events={nodes} isStale={isStale} />
      <footer className={styles.foot}>
        <p role="status">{t("count", { count: totalCount })}</p>
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
  if (search.after) {
    return (
      <Notice
        icon={ScrollText}
        title={t("noOlderTitle")}
        text={t("noOlderText")}
        actions={
          <Link className={buttonClass()} target={paths.audit({ ...search, after: undefined })}>
            {t("newest")}
          </Link>
        }
      />
    );
  }
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
