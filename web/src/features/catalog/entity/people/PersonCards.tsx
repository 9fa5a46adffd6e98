import { EntityChip, ReferenceChip } from "#kit/entity/EntityChip.tsx";
import { countOfKind } from "#kit/entity/kinds.ts";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { Card } from "#ui/Card.tsx";
import action from "../CardAction.module.css";
import type { SurroundingsFragment } from "../EntityPage.generated.ts";
import { t } from "./messages.ts";
import { ownedByKind } from "./owned.ts";
import type { OwnedKindsFragment } from "./People.generated.ts";
import styles from "./People.module.css";

interface PersonCardsProps {
  reference: string;
  owned: OwnedKindsFragment;
  /** The person, their groups, and those above. */
  around: SurroundingsFragment;
}

/** What a person is in charge of, in their own name and in that of each of their groups. */
export function PersonCards({ reference, owned, around }: PersonCardsProps) {
  const groups = around.nodes.filter(({ ref }) => ref !== reference);
  const isOwn = (ref: string) =>
    around.edges.some(({ source, target, type }) => source === reference && target === ref && type === "memberOf");
  const owners = [
    { ref: reference, entity: null, why: t("personally"), owned },
    ...groups.flatMap(({ ref, entity }) =>
      entity?.owns ? [{ ref, entity, why: t(isOwn(ref) ? "throughGroup" : "throughAbove"), owned: entity.owns }] : [],
    ),
  ];
  const someone = owners.filter(({ owned: { totalCount }, ref }) => totalCount > 0 || ref === reference || isOwn(ref));
  const own = groups.filter(({ ref }) => isOwn(ref));
  return (
    <>
      <Card title={t("groups")} count={own.length} isFlush>
        {own.length === 0 && <p className={styles.none}>{t("noGroups")}</p>}
        <ul className={styles.members}>
          {own.map(({ ref, entity }) => (
            <li key={ref} className={styles.member}>
              <ReferenceChip reference={ref} target={entity} />
              <span className={styles.note}>{entity?.type}</span>
            </li>
          ))}
        </ul>
      </Card>
      <Card
        title={t("ownership")}
        isFlush
        action={
          <Link className={action.action} target={paths.catalog({ owner: someone.map(({ ref }) => ref) })}>
            {t("seeAll")}
          </Link>
        }
      >
        <ul aria-label={t("ownership")}>
          {someone.map(({ ref, entity, why, owned: counts }) => (
            <li key={ref} className={styles.owner}>
              <span className={styles.ownerName}>
                {entity ? <EntityChip entity={entity} /> : <span className={styles.self}>{why}</span>}
                {entity && <span className={styles.why}>{why}</span>}
              </span>
              <span className={styles.counts}>
                {counts.totalCount === 0 && <span className={styles.why}>{t("nothing")}</span>}
                {ownedByKind({ owned: counts }).map(({ kind, count }) => (
                  <Link key={kind} className={styles.type} target={paths.catalog({ owner: [ref], kind: [kind] })}>
                    {countOfKind(count, kind)}
                  </Link>
                ))}
              </span>
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}
