import { useQuery } from "@tanstack/react-query";
import { MonitorSmartphone } from "lucide-react";
import { Fetched } from "#kit/Fetched.tsx";
import { rootField } from "#lib/graphql/request.ts";
import { Notice } from "#ui/Notice.tsx";
import styles from "../Lists.module.css";
import { ownSessions } from "../queries.ts";
import { EndSessionsButton } from "./EndSessionsButton.tsx";
import { t } from "./messages.ts";
import type { OwnSessionsQuery } from "./Sessions.generated.ts";
import { SessionTable } from "./SessionTable.tsx";

/** Where the viewer is signed in. */
export function OwnSessions() {
  const query = useQuery({ ...ownSessions(), select: (answer) => rootField(answer, "viewer") });
  return (
    <Fetched query={query} what={t("what")}>
      {(viewer) => <Sessions viewer={viewer} />}
    </Fetched>
  );
}

function Sessions({ viewer }: { viewer: OwnSessionsQuery["viewer"] }) {
  if (!viewer || viewer.sessions.length === 0) {
    return <Notice icon={MonitorSmartphone} title={t("noneTitle")} text={t("none")} />;
  }
  return (
    <>
      <div className={styles.head}>
        <p>{t("ownText")}</p>
        {viewer.sessions.some(({ current }) => !current) && <EndSessionsButton subject={viewer.ref} isOneself />}
      </div>
      <SessionTable sessions={viewer.sessions} canRevoke />
    </>
  );
}
