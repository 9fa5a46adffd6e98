import { useQuery } from "@tanstack/react-query";
import { EntityChip } from "#kit/entity/EntityChip.tsx";
import { FailureNotice } from "#kit/FailureNotice.tsx";
import { rootField } from "#lib/graphql/request.ts";
import { Card } from "#ui/Card.tsx";
import { Waiting } from "#ui/Waiting.tsx";
import type { ColocatedEntitiesFragment } from "./Inspect.generated.ts";
import styles from "./Inspect.module.css";
import { Inspected, type InspectedEntity } from "./Inspected.tsx";
import { t } from "./messages.ts";
import { colocated, isFindable } from "./queries.ts";

/** What else was read from where an entity was. */
export function ColocatedPart({ reference }: { reference: string }) {
  return <Inspected reference={reference}>{(entity) => <Colocated entity={entity} />}</Inspected>;
}

function Colocated({ entity: { ref, ingestion } }: { entity: InspectedEntity }) {
  const { data, error, refetch } = useQuery({
    ...colocated(ingestion),
    select: (answer) => ({ file: rootField(answer, "file"), origin: rootField(answer, "origin") }),
  });
  if (error && !data) return <FailureNotice what={t("colocatedWhat")} error={error} onRetry={() => refetch()} />;
  if (!data) return <Waiting />;
  return (
    <div className={styles.cards}>
      <Others title={t("sameFile")} place={ingestion.location} entities={data.file} self={ref} />
      {ingestion.origin !== ingestion.location && (
        <Others title={t("sameOrigin")} place={ingestion.origin} entities={data.origin} self={ref} />
      )}
    </div>
  );
}

interface OthersProps {
  title: string;
  place: string;
  entities: ColocatedEntitiesFragment | null;
  self: string;
}

function Others({ title, place, entities, self }: OthersProps) {
  const others = entities?.nodes.filter(({ ref }) => ref !== self) ?? [];
  // The entity itself came from there as well.
  const count = Math.max(0, (entities?.totalCount ?? 0) - 1);
  return (
    <Card title={title} {...(isFindable(place) && { count })} isFlush>
      <p className={styles.where}>{place}</p>
      {!isFindable(place) ? (
        <p className={styles.empty}>{t("tooLong")}</p>
      ) : count === 0 ? (
        <p className={styles.empty}>{t("alone")}</p>
      ) : (
        <ul className={styles.others}>
          {others.map((entity) => (
            <li key={entity.ref} className={styles.other}>
              <EntityChip entity={entity} />
              <span className={styles.note}>{[entity.kind, entity.type].filter(Boolean).join(" · ")}</span>
            </li>
          ))}
        </ul>
      )}
      {count > others.length && <p className={styles.empty}>{t("shown", { shown: others.length, count })}</p>}
    </Card>
  );
}
