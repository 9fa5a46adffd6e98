import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { Waypoints, X } from "lucide-react";
import { ReferenceChip } from "#kit/entity/EntityChip.tsx";
import { FailureNotice } from "#kit/FailureNotice.tsx";
import type { EntityFacts } from "#kit/feature.ts";
import { Link } from "#kit/Link.tsx";
import { usePageQuery } from "#kit/pageQuery.ts";
import { paths } from "#kit/paths.ts";
import { parseEntityRef } from "#lib/entityRef.ts";
import { rootField } from "#lib/graphql/request.ts";
import { formatNumber } from "#lib/i18n/messages.ts";
import { firstValueOf } from "#lib/urlSearch.ts";
import { buttonClass } from "#ui/Button.tsx";
import { Notice } from "#ui/Notice.tsx";
import { Waiting } from "#ui/Waiting.tsx";
import type { EntityRelationsQuery } from "./EntityRelations.generated.ts";
import { t } from "./messages.ts";
import pills from "./Pills.module.css";
import { entityPage, entityRelations } from "./queries.ts";
import styles from "./RelationsTab.module.css";
import { relationTitle, relationTypes } from "./relationTypes.ts";

const writtenKinds = [
  "Component",
  "API",
  "Resource",
  "System",
  "Domain",
  "Group",
  "User",
  "Location",
  "Template",
  "AiResource",
];

type Relations = NonNullable<EntityRelationsQuery["entity"]>["relations"];

/** All relations of an entity, of one type or of all. */
export function RelationsTab({ entity }: { entity: EntityFacts }) {
  const raw = useSearch({ strict: false }) as Record<string, unknown>;
  const type = firstValueOf(raw.type);
  const kind = firstValueOf(raw.kind);
  const after = firstValueOf(raw.after);
  const asked = entityRelations(entity.ref, { type, kind, after });
  usePageQuery(asked);
  const { data, error, refetch } = useQuery({
    ...asked,
    placeholderData: keepPreviousData,
    select: (answer) => rootField(answer, "entity")?.relations,
  });
  if (error && !data) return <FailureNotice what={t("relationCards")} error={error} onRetry={() => refetch()} />;
  if (!data) return <Waiting />;
  return (
    <>
      <TypeFilters reference={entity.ref} current={type} kind={kind} />
      {data.totalCount === 0 ? (
        <Notice icon={Waypoints} title={t("noRelationsTitle")} text={t("noRelations")} />
      ) : (
        <RelationsTable relations={data} />
      )}
      <footer className={styles.foot}>
        <span role="status">{t("shown", { shown: data.nodes.length, count: data.totalCount })}</span>
        {after && (
          <Link
            className={buttonClass({ size: "small" })}
            target={paths.entity(entity.ref, "relations", { type, kind })}
          >
            {t("firstPage")}
          </Link>
        )}
        {data.pageInfo.hasNextPage && (
          <Link
            className={buttonClass({ size: "small" })}
            target={paths.entity(entity.ref, "relations", { type, kind, after: data.pageInfo.endCursor })}
          >
            {t("nextPage")}
          </Link>
        )}
      </footer>
    </>
  );
}

interface TypeFiltersProps {
  reference: string;
  current: string | undefined;
  kind: string | undefined;
}

function TypeFilters({ reference, current, kind }: TypeFiltersProps) {
  const { data } = useQuery({ ...entityPage(reference), select: (answer) => answer.data.entity });
  const counts: Partial<Record<string, { totalCount: number }>> = data
    ? Object.fromEntries(relationTypes.map((type) => [type, data[type]]))
    : {};
  const known = relationTypes.filter((type) => (counts[type]?.totalCount ?? 0) > 0);
  const types = [undefined, ...known, ...(current && !known.some((type) => type === current) ? [current] : [])];
  return (
    <nav className={pills.pills} aria-label={t("relation")}>
      {types.map((type) => (
        <Link
          key={type ?? ""}
          className={pills.pill}
          target={paths.entity(reference, "relations", { type })}
          isInPlace
          aria-current={type === current ? "true" : undefined}
        >
          {type === undefined ? t("allRelations") : relationTitle(type)}
          {type && counts[type] && <span>{formatNumber(counts[type].totalCount)}</span>}
        </Link>
      ))}
      {kind && (
        <Link
          className={pills.pill}
          target={paths.entity(reference, "relations", { type: current })}
          isInPlace
          aria-label={t("allKinds", { kind: nameOfKind(kind) })}
        >
          {nameOfKind(kind)}
          <X size={12} aria-hidden />
        </Link>
      )}
    </nav>
  );
}

/** A kind as it is written, where it is one that is known. */
function nameOfKind(kind: string): string {
  return writtenKinds.find((written) => written.toLowerCase() === kind.toLowerCase()) ?? kind;
}

function RelationsTable({ relations }: { relations: Relations }) {
  return (
    <table className={styles.table} aria-label={t("relations")}>
      <thead>
        <tr>
          <th scope="col" className={styles.relation}>
            {t("relation")}
          </th>
          <th scope="col">{t("target")}</th>
          <th scope="col" className={styles.small}>
            {t("kind")}
          </th>
          <th scope="col" className={styles.small}>
            {t("type")}
          </th>
          <th scope="col" className={styles.small}>
            {t("lifecycle")}
          </th>
        </tr>
      </thead>
      <tbody>
        {relations.nodes.map(({ type, targetRef, target }) => (
          <tr key={`${type} ${targetRef}`}>
            <td className={styles.relation}>{relationTitle(type)}</td>
            <td>
              <ReferenceChip reference={targetRef} target={target} />
            </td>
            <td className={styles.small}>{target?.kind ?? parseEntityRef(targetRef)?.kind}</td>
            <td className={styles.small}>{target?.type}</td>
            <td className={styles.small}>{target?.lifecycle}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
