import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { Fetched } from "#kit/Fetched.tsx";
import { rootField } from "#lib/graphql/request.ts";
import { Button } from "#ui/Button.tsx";
import { Notice } from "#ui/Notice.tsx";
import styles from "../Lists.module.css";
import { ownTokens } from "../queries.ts";
import { CreateTokenDialog } from "./CreateTokenDialog.tsx";
import { t } from "./messages.ts";
import type { OwnTokensQuery } from "./Tokens.generated.ts";
import { TokenTable } from "./TokenTable.tsx";

/** The viewer's access tokens. */
export function OwnTokens() {
  const [isCreating, setIsCreating] = useState(false);
  const query = useQuery({ ...ownTokens(), select: (answer) => rootField(answer, "viewer") });
  return (
    <>
      <Fetched query={query} what={t("what")}>
        {(viewer) => <Tokens viewer={viewer} onCreate={() => setIsCreating(true)} />}
      </Fetched>
      {/* Whatever becomes of the list: the secret of a new token is shown this once. */}
      {isCreating && <CreateTokenDialog onClose={() => setIsCreating(false)} />}
    </>
  );
}

function Tokens({ viewer, onCreate }: { viewer: OwnTokensQuery["viewer"]; onCreate: () => void }) {
  if (!viewer || viewer.isGuest) return <Notice icon={KeyRound} title={t("noneTitle")} text={t("guest")} />;
  // A token of another issuer makes no tokens.
  const create = viewer.access !== "EXTERNAL" && (
    <Button look="primary" onClick={onCreate}>
      <Plus size={14} aria-hidden />
      {t("create")}
    </Button>
  );
  if (viewer.accessTokens.length === 0) {
    return <Notice icon={KeyRound} title={t("noneTitle")} text={t("none")} actions={create} />;
  }
  return (
    <>
      <div className={styles.head}>
        <p>{t("ownText")}</p>
        {create}
      </div>
      <TokenTable tokens={viewer.accessTokens} canRevoke />
    </>
  );
}
