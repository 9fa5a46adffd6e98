import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { Fetched } from "#kit/Fetched.tsx";
import { PageHead } from "#kit/PageHead.tsx";
import { usePageQuery } from "#kit/pageQuery.ts";
import { paths } from "#kit/paths.ts";
import { useMay } from "#kit/permissions.ts";
import { rootField } from "#lib/graphql/request.ts";
import { firstValueOf } from "#lib/urlSearch.ts";
import { Button } from "#ui/Button.tsx";
import { Notice } from "#ui/Notice.tsx";
import styles from "../Lists.module.css";
import { PageLinks } from "../PageLinks.tsx";
import { tokenList } from "../queries.ts";
import { SubjectFilter } from "../SubjectFilter.tsx";
import { CreateTokenDialog } from "./CreateTokenDialog.tsx";
import { t } from "./messages.ts";
import { TokenTable } from "./TokenTable.tsx";

/** Everyone's tokens and those of services, for those who look after the portal. */
export function TokensPage() {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const [subject, after] = [search.subject, search.after].map(firstValueOf);
  const [isCreating, setIsCreating] = useState(false);
  const mayCreate = useMay("auth.token.create");
  const mayRevoke = useMay("auth.token.revoke");
  usePageQuery(tokenList(subject, after));
  const query = useQuery({
    ...tokenList(subject, after),
    select: (answer) => rootField(answer, "accessTokens"),
  });
  const noneWords = subject ? "noneOf" : "noneAtAll";
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
      <Fetched query={query} what={t("what")}>
        {(tokens) =>
          tokens && (
            <>
              {tokens.nodes.length === 0 ? (
                <Notice icon={KeyRound} title={t("noneTitle")} text={t(after ? "noneOlder" : noneWords)} />
              ) : (
                <TokenTable tokens={tokens.nodes} isOfMany canRevoke={mayRevoke} />
              )}
              <PageLinks
                pageInfo={tokens.pageInfo}
                after={after}
                target={(at) => paths.tokens({ subject, after: at })}
              />
            </>
          )
        }
      </Fetched>
      {isCreating && <CreateTokenDialog isForService onClose={() => setIsCreating(false)} />}
    </>
  );
}
