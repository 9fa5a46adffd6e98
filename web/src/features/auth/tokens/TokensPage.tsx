import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { FailureNotice } from "#kit/FailureNotice.tsx";
import { Link } from "#kit/Link.tsx";
import { PageHead } from "#kit/PageHead.tsx";
import { paths } from "#kit/paths.ts";
import { useMay } from "#kit/permissions.ts";
import { rootField } from "#lib/graphql/request.ts";
import { firstValueOf } from "#lib/urlSearch.ts";
import { Button, buttonClass } from "#ui/Button.tsx";
import { Notice } from "#ui/Notice.tsx";
import { Waiting } from "#ui/Waiting.tsx";
import styles from "../Lists.module.css";
import { tokenList } from "../queries.ts";
import { SubjectFilter } from "../SubjectFilter.tsx";
import { CreateTokenDialog } from "./CreateTokenDialog.tsx";
import { t } from "./messages.ts";
import { TokenTable } from "./TokenTable.tsx";

/** Everyone's tokens and those of services, for those who look after the portal. */
export function TokensPage() {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const subject = firstValueOf(search.subject);
  const [isCreating, setIsCreating] = useState(false);
  const mayCreate = useMay("auth.token.create");
  const mayRevoke = useMay("auth.token.revoke");
  const { data, error, isPending, refetch } = useQuery({
    ...tokenList(subject, firstValueOf(search.after)),
    select: (answer) => rootField(answer, "accessTokens"),
  });
  const create = mayCreate && (
    <Button look="primary" onClick={() => setIsCreating(true)}>
      <Plus size={14} aria-hidden />
      {t("createService")}
    </Button>
  );
  return (
    <>
      <PageHead title={t("title")} text={t("text")} actions={create} />
      <div className={styles.head}>
        <SubjectFilter
          label={t("filter")}
          placeholder={t("everyone")}
          kinds={["user", "service"]}
          subject={subject}
          target={paths.tokens}
        />
      </div>
      {isPending && <Waiting />}
      {error && <FailureNotice what={t("what")} error={error} onRetry={() => refetch()} />}
      {data?.nodes.length === 0 && <Notice icon={KeyRound} title={t("noneTitle")} text={t("noneAtAll")} />}
      {data && data.nodes.length > 0 && <TokenTable tokens={data.nodes} isOfMany canRevoke={mayRevoke} />}
      {data?.pageInfo.hasNextPage && (
        <p className={styles.more}>
          <Link
            className={buttonClass({ size: "small" })}
            target={paths.tokens({ subject, after: data.pageInfo.endCursor })}
          >
            {t("next")}
          </Link>
        </p>
      )}
      {isCreating && <CreateTokenDialog isForService onClose={() => setIsCreating(false)} />}
    </>
  );
}
