import type { UseQueryResult } from "@tanstack/react-query";
import { FilterX, Search as SearchIcon } from "lucide-react";
import { FailureNotice, PartialNotice, StaleNotice } from "#kit/FailureNotice.tsx";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { useDelayed } from "#lib/delayed.ts";
import type { Failure } from "#lib/graphql/failure.ts";
import type { Answer } from "#lib/graphql/request.ts";
import { buttonClass } from "#ui/Button.tsx";
import { Banner, Notice } from "#ui/Notice.tsx";
import { Prose } from "#ui/Prose.tsx";
import { Waiting } from "#ui/Waiting.tsx";
import { t } from "../messages.ts";
import { useRemembered } from "../saved/useRemembered.ts";
import { ResultRow } from "./ResultRow.tsx";
import { walkResults } from "./resultFocus.ts";
import type { SearchQuery } from "./Search.generated.ts";
import styles from "./SearchPage.module.css";
import { changed, countOfChoices, isAsked, type SearchPlace, widened } from "./searchPlace.ts";

interface ResultsProps {
  place: SearchPlace;
  query: UseQueryResult<Answer<SearchQuery>>;
}

/** What was found, or why there is nothing. */
export function Results({ place, query: { data, error, refetch, isPlaceholderData } }: ResultsProps) {
  const isFaded = useDelayed(isPlaceholderData);
  const retry = () => void refetch();
  // What is wrong with the words is told where they are: the other parts of the answer lack for the same reason.
  const misread = data?.failures.find(({ code, path }) => code === "BAD_USER_INPUT" && path[0] === "found");
  if (misread) return <Misread failure={misread} />;
  if (!data) return error ? <FailureNotice what={t("what")} error={error} onRetry={retry} /> : <Waiting />;
  const failure = data.failures.find(({ path }) => path[0] === "found");
  if (!data.data.found) return <FailureNotice what={t("what")} error={failure ?? error} onRetry={retry} />;
  return (
    <>
      {error && <StaleNotice error={error} onRetry={retry} />}
      <PartialNotice failures={data.failures} onRetry={retry} />
      <div className={isFaded ? styles.faded : undefined} aria-busy={isPlaceholderData || undefined}>
        <Found place={place} found={data.data.found} milliseconds={data.milliseconds} />
      </div>
    </>
  );
}

function Misread({ failure }: { failure: Failure }) {
  return (
    <div role="alert">
      <Banner tone="warning">
        {t("misread")}: <Prose text={failure.message} />
      </Banner>
    </div>
  );
}

interface FoundProps {
  place: SearchPlace;
  found: NonNullable<SearchQuery["found"]>;
  milliseconds: number;
}

function Found({ place, found: { nodes, totalCount, suggestion, pageInfo }, milliseconds }: FoundProps) {
  useRemembered(place.text, nodes.length > 0);
  const hint = suggestion && (
    <p className={styles.suggestion}>
      {t("suggestion")}{" "}
      <Link className="prose-link" target={paths.search(changed(place, { text: suggestion }))} isInPlace>
        {suggestion}
      </Link>
    </p>
  );
  if (nodes.length === 0) {
    return (
      <>
        {hint}
        <Nothing place={place} />
      </>
    );
  }
  const { hasNextPage, endCursor } = pageInfo;
  return (
    <>
      {hint}
      <ol className={styles.results} onKeyDown={walkResults}>
        {nodes.map((result, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two results may lead to one place
          <ResultRow key={`${result.location} ${position}`} result={result} />
        ))}
      </ol>
      <footer className={styles.foot}>
        <p role="status">
          {t("inMilliseconds", {
            what: t("results", { count: totalCount }),
            milliseconds: Math.max(1, Math.round(milliseconds)),
          })}
        </p>
        <nav aria-label={t("pages")}>
          {place.after && (
            <Link className={buttonClass({ size: "small" })} target={paths.search({ ...place, after: undefined })}>
              {t("first")}
            </Link>
          )}
          {hasNextPage && endCursor && (
            <Link className={buttonClass({ size: "small" })} target={paths.search({ ...place, after: endCursor })}>
              {t("next")}
            </Link>
          )}
        </nav>
      </footer>
    </>
  );
}

function Nothing({ place }: { place: SearchPlace }) {
  if (!isAsked(place)) return <Notice icon={SearchIcon} title={t("emptyTitle")} text={t("emptyText")} />;
  return (
    <Notice
      icon={FilterX}
      title={t("noMatchTitle")}
      text={t("noMatchText")}
      actions={
        (countOfChoices(place) > 0 || place.type !== undefined) && (
          <Link className={buttonClass()} target={paths.search(widened(place))}>
            {t("clear")}
          </Link>
        )
      }
    />
  );
}
