import { useQuery } from "@tanstack/react-query";
import { MonitorSmartphone } from "lucide-react";
import { FailureNotice } from "#kit/FailureNotice.tsx";
import { rootField } from "#lib/graphql/request.ts";
import { Notice } from "#ui/Notice.tsx";
import { Waiting } from "#ui/Waiting.tsx";
import styles from "../Lists.module.css";
import { ownSessions } from "../queries.ts";
import { EndSessionsButton } from "./EndSessionsButton.tsx";
import { t } from "./messages.ts";
import { SessionTable } from "./SessionTable.tsx";

/** Where the viewer is signed in. */
export function OwnSessions() {
  const { data, error, isPending, refetch } = useQuery({
    ...ownSessions(),
    select: (answer) => rootField(answer, "viewer"),
  });
  if (isPending) return <Waiting />;
  if (error) return <FailureNotice what={t("what")} error={error} onRetry={() => refetch()} />;
  if (!data || data.sessions.length === 0) {
    return <Notice icon={MonitorSmartphone} title={t("noneTitle")} text={t("none")} />;
  }
  return (
    <>
      <div className={styles.head}>
        <p>{t("ownText")}</p>
        {data.sessions.some(({ current }) => !current) && <EndSessionsButton subject={data.ref} isOneself />}
      </div>
      <SessionTable sessions={data.sessions} canRevoke />
    </>
  );
}
