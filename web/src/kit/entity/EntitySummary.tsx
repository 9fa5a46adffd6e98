import { useQuery } from "@tanstack/react-query";
import { sentence } from "#lib/graphql/failure.ts";
import { Skeleton } from "#ui/Skeleton.tsx";
import { operation } from "../query.ts";
import { EntitySummaryDocument } from "./EntitySummary.generated.ts";
import styles from "./EntitySummary.module.css";
import { KindIcon } from "./KindIcon.tsx";

/** The few lines about an entity that float beside a mention of it. */
export function EntitySummary({ reference }: { reference: string }) {
  const { data, error } = useQuery(operation(EntitySummaryDocument, { ref: reference }));
  const entity = data?.data.entity;
  if (error && !data) return <span className={styles.summary}>{sentence(error)}</span>;
  if (!entity) {
    return (
      <span className={styles.summary}>
        <Skeleton width="60%" />
        <Skeleton width="90%" />
      </span>
    );
  }
  return (
    <span className={styles.summary}>
      <span className={styles.head}>
        <KindIcon kind={entity.kind} />
        {entity.displayName}
      </span>
      <span className={styles.ref}>{entity.ref}</span>
      {entity.description && <span className={styles.description}>{entity.description}</span>}
      <span className={styles.facts}>
        {[entity.type, entity.lifecycle].filter(Boolean).map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
        {entity.owner && (
          <span className={styles.fact}>
            <KindIcon kind={entity.owner.kind} />
            {entity.owner.displayName}
          </span>
        )}
      </span>
    </span>
  );
}
