import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { Lock, Scale } from "lucide-react";
import { Fetched } from "#kit/Fetched.tsx";
import { FormFailure } from "#kit/FormFailure.tsx";
import { PageHead } from "#kit/PageHead.tsx";
import { Failure } from "#lib/graphql/failure.ts";
import { rootField } from "#lib/graphql/request.ts";
import { Notice } from "#ui/Notice.tsx";
import { Prose } from "#ui/Prose.tsx";
import { explanation } from "../queries.ts";
import styles from "./Explain.module.css";
import { ExplainForm } from "./ExplainForm.tsx";
import { decisionWords, ExplanationView } from "./ExplanationView.tsx";
import { type ExplainSearch, readExplainSearch } from "./explainSearch.ts";
import { t } from "./messages.ts";

/** Why somebody may do something, or may not. */
export function ExplainPage() {
  const search = readExplainSearch(useSearch({ strict: false }));
  return (
    <>
      <PageHead title={t("title")} text={t("text")} />
      <div className={styles.page}>
        <ExplainForm key={JSON.stringify(search)} search={search} />
        <div>
          {search.subject && search.permission ? (
            <Answer {...search} subject={search.subject} permission={search.permission} />
          ) : (
            <Notice icon={Scale} title={t("askTitle")} text={t("askFirst")} />
          )}
        </div>
      </div>
    </>
  );
}

function Answer({
  subject,
  permission,
  resource,
}: Required<Pick<ExplainSearch, "subject" | "permission">> & ExplainSearch) {
  const query = useQuery({
    ...explanation(subject, permission, resource),
    select: (answer) => rootField(answer, "explainAccess"),
  });
  const { data, error } = query;
  if (!data && error instanceof Failure && (error.code === "BAD_USER_INPUT" || error.code === "NOT_FOUND")) {
    return <FormFailure error={error} />;
  }
  return (
    <>
      {/* There before the answer, so that it is read out. */}
      <p className="visually-hidden" role="status">
        {data && `${t(decisionWords[data.decision])}. ${data.summary.replaceAll("`", "")}`}
      </p>
      <Fetched query={query} what={t("what")}>
        {(answer) =>
          answer ? (
            <ExplanationView explanation={answer} />
          ) : (
            <Notice icon={Lock} title={t("refusedTitle")} text={<Prose text={t("refused")} />} />
          )
        }
      </Fetched>
    </>
  );
}
