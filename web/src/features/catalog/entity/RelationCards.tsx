import { useQuery } from "@tanstack/react-query";
import { ReferenceChip } from "#kit/entity/EntityChip.tsx";
import { FailureNotice } from "#kit/FailureNotice.tsx";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { rootField } from "#lib/graphql/request.ts";
import { Card } from "#ui/Card.tsx";
import { Waiting } from "#ui/Waiting.tsx";
import type { RelationTargetsFragment } from "./EntityPage.generated.ts";
import { t } from "./messages.ts";
import { relationCards } from "./queries.ts";
import styles from "./RelationCards.module.css";
import { relationTitle, relationTypes } from "./relationTypes.ts";

interface RelationCardsProps {
  reference: string;
  /** How many relations it has of whatever type. */
  total: number;
}

/** A card for each type of relation an entity has, but for those the facts above name already. */
export function RelationCards({ reference, total }: RelationCardsProps) {
  const { data, error, refetch } = useQuery({
    ...relationCards(reference),
    select: (answer) => rootField(answer, "entity"),
  });
  if (error && !data) return <FailureNotice what={t("relationCards")} error={error} onRetry={() => refetch()} />;
  if (!data) return <Waiting />;
  const relations: Partial<Record<string, RelationTargetsFragment>> = data;
  const present = relationTypes.flatMap((type) => {
    const targets = relations[type];
    return targets && targets.totalCount > 0 ? [{ type, targets }] : [];
  });
  if (present.length === 0) {
    if (total === 0) return <p className={styles.none}>{t("noRelations")}</p>;
    return (
      <p className={styles.none}>
        <Link target={paths.entity(reference, "relations")}>{t("onlyRelations", { count: total })}</Link>
      </p>
    );
  }
  return present.map(({ type, targets }) => (
    <Card key={type} title={relationTitle(type)} count={targets.totalCount} isFlush>
      <ul>
        {targets.nodes.map(({ targetRef, target }) => (
          <li key={targetRef} className={styles.row}>
            <ReferenceChip reference={targetRef} target={target} />
            <span className={styles.note}>{[target?.type, target?.lifecycle].filter(Boolean).join(" · ")}</span>
          </li>
        ))}
      </ul>
      {targets.totalCount > targets.nodes.length && (
        <Link className={styles.all} target={paths.entity(reference, "relations", { type })}>
          {t("showAll", { count: targets.totalCount })}
        </Link>
      )}
    </Card>
  ));
}
