import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { MonitorSmartphone } from "lucide-react";
import { FailureNotice } from "#kit/FailureNotice.tsx";
import { Link } from "#kit/Link.tsx";
import { PageHead } from "#kit/PageHead.tsx";
import { paths } from "#kit/paths.ts";
import { useMay } from "#kit/permissions.ts";
import { useViewer } from "#kit/viewer.ts";
import { rootField } from "#lib/graphql/request.ts";
import { firstValueOf } from "#lib/urlSearch.ts";
import { buttonClass } from "#ui/Button.tsx";
import { Notice } from "#ui/Notice.tsx";
import { Waiting } from "#ui/Waiting.tsx";
import styles from "../Lists.module.css";
import { sessionList } from "../queries.ts";
import { SubjectFilter } from "../SubjectFilter.tsx";
import { EndSessionsButton } from "./EndSessionsButton.tsx";
import { t } from "./messages.ts";
import { SessionTable } from "./SessionTable.tsx";

/** Who is signed in, for those who look after the portal. */
export function SessionsPage() {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const subject = firstValueOf(search.subject);
  const mayRevoke = useMay("auth.session.revoke");
  const viewer = useViewer();
  const { data, error, isPending, refetch } = useQuery({
    ...sessionList(subject, firstValueOf(search.after)),
    select: (answer) => rootField(answer, "sessions"),
  });
  return (
    <>
      <PageHead title={t("title")} text={t("text")} />
      <div className={styles.head}>
        <SubjectFilter
          label={t("filter")}
          placeholder={t("everyone")}
          kinds={["user"]}
          subject={subject}
          target={paths.sessions}
        />
        {subject && mayRevoke && data && data.nodes.length > 0 && (
          <EndSessionsButton subject={subject} isOneself={subject === viewer?.ref} />
        )}
      </div>
      {isPending && <Waiting />}
      {error && <FailureNotice what={t("what")} error={error} onRetry={() => refetch()} />}
      {data?.nodes.length === 0 && (
        <Notice icon={MonitorSmartphone} title={t("noneTitle")} text={t(subject ? "noneOf" : "noneAtAll")} />
      )}
      {data && data.nodes.length > 0 && <SessionTable sessions={data.nodes} isOfMany canRevoke={mayRevoke} />}
      {data?.pageInfo.hasNextPage && (
        <p className={styles.more}>
          <Link
            className={buttonClass({ size: "small" })}
            target={paths.sessions({ subject, after: data.pageInfo.endCursor })}
          >
            {t("next")}
          </Link>
        </p>
      )}
    </>
  );
}
