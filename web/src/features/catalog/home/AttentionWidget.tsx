import { useQuery } from "@tanstack/react-query";
import { CircleCheck, TriangleAlert, Unlink } from "lucide-react";
import { WidgetNote } from "#kit/entity/EntityRows.tsx";
import { PartialNotice } from "#kit/FailureNotice.tsx";
import { Fetched } from "#kit/Fetched.tsx";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { useIsStranger } from "#kit/viewer.ts";
import { t } from "./messages.ts";
import { homeAttention } from "./queries.ts";
import { SignInNote } from "./SignInNote.tsx";
import styles from "./Widgets.module.css";

/** What is wrong in what the viewer owns. */
export function AttentionWidget() {
  const query = useQuery(homeAttention());
  const isStranger = useIsStranger();
  return (
    <Fetched query={query} what={t("attention")}>
      {({ data, failures }) => {
        const problems = data.unprocessedEntities?.nodes ?? [];
        const orphans = data.orphans?.nodes ?? [];
        const isCalm = problems.length + orphans.length === 0;
        return (
          <>
            <PartialNotice failures={failures} onRetry={() => void query.refetch()} />
            {isCalm &&
              failures.length === 0 &&
              (isStranger && data.owned?.totalCount === 0 ? (
                <SignInNote text={t("signInForOwned")} />
              ) : (
                <WidgetNote>
                  <p className={styles.calm}>
                    <CircleCheck size={16} aria-hidden />
                    {t("calm")}
                  </p>
                </WidgetNote>
              ))}
            <ul className={styles.problems}>
              {problems.map(({ id, ref, location, errors }) => (
                <li key={id}>
                  <Link
                    className={styles.problem}
                    target={paths.catalogProblems({ mine: true, text: ref ?? location })}
                  >
                    <TriangleAlert size={14} aria-hidden />
                    <span>
                      <span className={styles.problemName}>{ref ?? location}</span>
                      <span className={styles.problemText}>{errors[0]?.message}</span>
                    </span>
                  </Link>
                </li>
              ))}
              {orphans.map(({ ref, displayName }) => (
                <li key={ref}>
                  <Link className={styles.problem} target={paths.entity(ref)}>
                    <Unlink size={14} aria-hidden />
                    <span>
                      <span className={styles.problemName}>{displayName}</span>
                      <span className={styles.problemText}>{t("orphan")}</span>
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          </>
        );
      }}
    </Fetched>
  );
}
