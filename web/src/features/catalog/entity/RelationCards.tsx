import { ReferenceChip } from "#kit/entity/EntityChip.tsx";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { Card } from "#ui/Card.tsx";
import { AllLink } from "./AllLink.tsx";
import type { RelationTargetsFragment } from "./EntityPage.generated.ts";
import { t } from "./messages.ts";
import type { RelationCardsFragment } from "./RelationCards.generated.ts";
import styles from "./RelationCards.module.css";
import { type RelationType, relationTitle, relationTypes } from "./relationTypes.ts";

interface RelationCardsProps {
  reference: string;
  cards: RelationCardsFragment;
  /** How many relations it has of whatever type. */
  total: number;
  /** The types that other cards tell of. */
  told: readonly RelationType[];
}

/** What the facts about an entity name. */
const facts: readonly RelationType[] = ["ownedBy", "partOf"];

/** A card for each type of relation an entity has, but for those that are told of elsewhere. */
export function RelationCards({ reference, cards, total, told }: RelationCardsProps) {
  const relations: Partial<Record<string, RelationTargetsFragment>> = cards;
  const present = relationTypes.flatMap((type) => {
    const targets = relations[type];
    return targets && targets.totalCount > 0 && !told.includes(type) && !facts.includes(type)
      ? [{ type, targets }]
      : [];
  });
  if (present.length === 0) {
    if (told.length > 0) return null;
    if (total === 0) return <p className={styles.none}>{t("noRelations")}</p>;
    return (
      <p className={styles.none}>
        <Link target={paths.entity(reference, "relations")}>{t("onlyRelations", { count: total })}</Link>
      </p>
    );
  }
  return present.map(({ type, targets }) => (
    <Card
      key={type}
      title={relationTitle(type)}
      count={targets.totalCount}
      isFlush
      action={<AllLink target={paths.entity(reference, "relations", { type })} of={relationTitle(type)} />}
    >
      <ul>
        {targets.nodes.map(({ targetRef, target }) => (
          <li key={targetRef} className={styles.row}>
            <ReferenceChip reference={targetRef} target={target} />
            <span className={styles.note}>{[target?.type, target?.lifecycle].filter(Boolean).join(" · ")}</span>
          </li>
        ))}
      </ul>
    </Card>
  ));
}
