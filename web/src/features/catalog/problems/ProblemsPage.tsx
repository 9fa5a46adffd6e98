import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { CircleCheck, FilterX } from "lucide-react";
import { ReferenceChip } from "#kit/entity/EntityChip.tsx";
import { useEntityNames } from "#kit/entity/entityNames.ts";
import { NamedReference } from "#kit/entity/NamedReference.tsx";
import { Fetched } from "#kit/Fetched.tsx";
import { Link } from "#kit/Link.tsx";
import { PageHead } from "#kit/PageHead.tsx";
import { paths } from "#kit/paths.ts";
import { TypedFilter } from "#kit/TypedFilter.tsx";
import { useViewer } from "#kit/viewer.ts";
import { rootField } from "#lib/graphql/request.ts";
import { Badge } from "#ui/Badge.tsx";
import { buttonClass } from "#ui/Button.tsx";
import { CopyButton } from "#ui/CopyButton.tsx";
import { Field, Select } from "#ui/Field.tsx";
import { Notice } from "#ui/Notice.tsx";
import { Time } from "#ui/Time.tsx";
import { IngestionTabs } from "../IngestionTabs.tsx";
import ingestion from "../ingestion.module.css";
import { ListPages } from "../ListPages.tsx";
import { DocumentErrors } from "./DocumentErrors.tsx";
import { t } from "./messages.ts";
import styles from "./ProblemsPage.module.css";
import { changed, isNarrowed, type ProblemSearch, problemKinds, readProblemSearch } from "./problemSearch.ts";
import { unprocessedEntities } from "./queries.ts";
import type { UnprocessedEntitiesQuery } from "./UnprocessedEntities.generated.ts";

type Problems = NonNullable<UnprocessedEntitiesQuery["unprocessedEntities"]>;
type Unprocessed = Problems["nodes"][number];

/** The documents that are not in the catalog as their authors meant, and why. */
export function ProblemsPage() {
  const search = readProblemSearch(useSearch({ strict: false }));
  const query = useQuery({
    ...unprocessedEntities(search),
    placeholderData: keepPreviousData,
    select: (answer) => rootField(answer, "unprocessedEntities"),
  });
  return (
    <>
      <IngestionTabs />
      <PageHead title={t("title")} text={t("text")} />
      <Filters search={search} />
      <Fetched query={query} what={t("what")}>
        {(problems) => problems && <Page problems={problems} search={search} isStale={query.isPlaceholderData} />}
      </Fetched>
    </>
  );
}

function Filters({ search }: { search: ProblemSearch }) {
  const navigate = useNavigate();
  const isGuest = useViewer()?.isGuest ?? true;
  // The history keeps where one stopped typing, not every pause on the way there.
  const change = (next: Parameters<typeof changed>[1], isRefining = false) =>
    void navigate({ ...paths.catalogProblems(changed(search, next)), replace: isRefining, resetScroll: false });
  return (
    <search className={ingestion.filters} aria-label={t("filters")}>
      <TypedFilter
        label={t("search")}
        placeholder={t("searchPlaceholder")}
        value={search.text}
        onChange={(text) => change({ text }, search.text !== undefined && text !== undefined)}
      />
      <Field label={t("problem")}>
        {(control) => (
          <Select
            {...control}
            value={search.problem ?? ""}
            onChange={({ target: { value } }) => change({ problem: problemKinds.find((one) => one === value) })}
          >
            <option value="">{t("any")}</option>
            {problemKinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(kind)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {(!isGuest || search.mine) && (
        <Field label={t("whose")}>
          {(control) => (
            <Select
              {...control}
              value={search.mine ? "mine" : ""}
              onChange={({ target: { value } }) => change({ mine: value === "mine" ? true : undefined })}
            >
              <option value="">{t("everyone")}</option>
              <option value="mine">{t("mine")}</option>
            </Select>
          )}
        </Field>
      )}
    </search>
  );
}

interface PageProps {
  problems: Problems;
  search: ProblemSearch;
  isStale: boolean;
}

function Page({ problems: { nodes, totalCount, pageInfo }, search, isStale }: PageProps) {
  const names = useEntityNames(
    nodes.flatMap(({ owner, winner, served }) => [owner ?? [], winner ?? [], served ?? []].flat()),
  );
  if (totalCount === 0 && isNarrowed(search)) {
    return (
      <Notice
        icon={FilterX}
        title={t("noMatchTitle")}
        text={t("noMatch")}
        actions={
          <Link className={buttonClass()} target={paths.catalogProblems()}>
            {t("clear")}
          </Link>
        }
      />
    );
  }
  if (totalCount === 0) return <Notice icon={CircleCheck} title={t("noneTitle")} text={t("none")} />;
  return (
    <>
      <div className={styles.list} aria-busy={isStale || undefined}>
        {nodes.map((node) => (
          <UnprocessedDocument key={node.id} unprocessed={node} names={names} />
        ))}
      </div>
      <ListPages
        summary={t("count", { count: totalCount })}
        pageInfo={pageInfo}
        after={search.after}
        target={(after) => paths.catalogProblems({ ...search, after })}
      />
    </>
  );
}

interface UnprocessedDocumentProps {
  unprocessed: Unprocessed;
  names: ReturnType<typeof useEntityNames>;
}

function UnprocessedDocument({ unprocessed, names }: UnprocessedDocumentProps) {
  const { location, document, ref, kind, owner, errors, updatedAt } = unprocessed;
  return (
    <section className={styles.document}>
      <h2 className={styles.where}>
        <span className={styles.location}>{location}</span>
        <CopyButton text={location} what={location} />
        <span className={styles.note}>{t("document", { number: document + 1 })}</span>
        {ref && <span className={styles.note}>{ref}</span>}
        <Badge tone={kind === "ERROR" ? "danger" : "warning"}>{t(kind)}</Badge>
      </h2>
      <div className={styles.about}>
        <DocumentErrors errors={errors} />
        {kind === "CONFLICT" && <Winner unprocessed={unprocessed} names={names} />}
        {kind === "STALE" && <Served reference={unprocessed.served} names={names} />}
        <p className={styles.note}>
          {owner && (
            <>
              {t("owner")} <NamedReference reference={owner} names={names} />
              <span aria-hidden="true"> · </span>
            </>
          )}
          {t("since")} <Time at={updatedAt} />
        </p>
      </div>
    </section>
  );
}

interface ServedProps {
  reference: Unprocessed["served"];
  names: ReturnType<typeof useEntityNames>;
}

/** The entity as it was before, which is still in the catalog. */
function Served({ reference, names }: ServedProps) {
  const entity = reference === null ? undefined : names.get(reference);
  if (reference === null || !entity) return null;
  return (
    <p className={styles.winner}>
      {t("served")} <ReferenceChip reference={reference} target={entity} />
    </p>
  );
}

/** Of a conflict, what has the reference. */
function Winner({ unprocessed: { winner, winningLocation }, names }: UnprocessedDocumentProps) {
  const entity = winner === null ? undefined : names.get(winner);
  if (winner !== null && entity) {
    return (
      <p className={styles.winner}>
        {t("winner")} <ReferenceChip reference={winner} target={entity} />
        {winningLocation && <span className={styles.note}>{t("from", { location: winningLocation })}</span>}
      </p>
    );
  }
  return winningLocation && <p className={styles.winner}>{t("winnerFrom", { location: winningLocation })}</p>;
}
