import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { MonitorSmartphone } from "lucide-react";
import { Fetched } from "#kit/Fetched.tsx";
import { PageHead } from "#kit/PageHead.tsx";
import { usePageQuery } from "#kit/pageQuery.ts";
import { paths } from "#kit/paths.ts";
import { useMay } from "#kit/permissions.ts";
import { useViewer } from "#kit/viewer.ts";
import { rootField } from "#lib/graphql/request.ts";
import { firstValueOf } from "#lib/urlSearch.ts";
import { Notice } from "#ui/Notice.tsx";
import styles from "../Lists.module.css";
import { PageLinks } from "../PageLinks.tsx";
import { sessionList } from "../queries.ts";
import { SubjectFilter } from "../SubjectFilter.tsx";
import { EndSessionsButton } from "./EndSessionsButton.tsx";
import { t } from "./messages.ts";
import { SessionTable } from "./SessionTable.tsx";

/** Who is signed in, for those who look after the portal. */
export function SessionsPage() {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const [subject, after] = [search.subject, search.after].map(firstValueOf);
  const mayRevoke = useMay("auth.session.revoke");
  const noneWords = subject ? "noneOf" : "noneAtAll";
  const viewer = useViewer();
  usePageQuery(sessionList(subject, after));
  const query = useQuery({
    ...sessionList(subject, after),
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
        {subject && mayRevoke && query.data && query.data.nodes.length > 0 && (
          <EndSessionsButton subject={subject} isOneself={subject === viewer?.ref} />
        )}
      </div>
      <Fetched query={query} what={t("what")}>
        {(sessions) =>
          sessions && (
            <>
              {sessions.nodes.length === 0 ? (
                <Notice icon={MonitorSmartphone} title={t("noneTitle")} text={t(after ? "noneOlder" : noneWords)} />
              ) : (
                <SessionTable sessions={sessions.nodes} isOfMany canRevoke={mayRevoke} />
              )}
              <PageLinks
                pageInfo={sessions.pageInfo}
                after={after}
                target={(at) => paths.sessions({ subject, after: at })}
              />
            </>
          )
        }
      </Fetched>
    </>
  );
}
