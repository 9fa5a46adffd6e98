import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { FailureNotice } from "#kit/FailureNotice.tsx";
import { rootField } from "#lib/graphql/request.ts";
import { Button } from "#ui/Button.tsx";
import { Notice } from "#ui/Notice.tsx";
import { Waiting } from "#ui/Waiting.tsx";
import styles from "../Lists.module.css";
import { ownTokens } from "../queries.ts";
import { CreateTokenDialog } from "./CreateTokenDialog.tsx";
import { t } from "./messages.ts";
import { TokenTable } from "./TokenTable.tsx";

/** The viewer's access tokens. */
export function OwnTokens() {
  const [isCreating, setIsCreating] = useState(false);
  const { data, error, isPending, refetch } = useQuery({
    ...ownTokens(),
    select: (answer) => rootField(answer, "viewer"),
  });
  if (isPending) return <Waiting />;
  if (error) return <FailureNotice what={t("what")} error={error} onRetry={() => refetch()} />;
  if (!data || data.isGuest) return <Notice icon={KeyRound} title={t("noneTitle")} text={t("guest")} />;
  // A token of another issuer makes no tokens.
  const create = data.access !== "EXTERNAL" && (
    <Button look="primary" onClick={() => setIsCreating(true)}>
      <Plus size={14} aria-hidden />
      {t("create")}
    </Button>
  );
  return (
    <>
      {data.accessTokens.length === 0 ? (
        <Notice icon={KeyRound} title={t("noneTitle")} text={t("none")} actions={create} />
      ) : (
        <>
          <div className={styles.head}>
            <p>{t("ownText")}</p>
            {create}
          </div>
          <TokenTable tokens={data.accessTokens} canRevoke />
        </>
      )}
      {isCreating && <CreateTokenDialog onClose={() => setIsCreating(false)} />}
    </>
  );
}
