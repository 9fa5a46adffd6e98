import { useQuery } from "@tanstack/react-query";
import { ReferenceChip } from "#kit/entity/EntityChip.tsx";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { rootField } from "#lib/graphql/request.ts";
import { Card } from "#ui/Card.tsx";
import { entityPage } from "../entity/queries.ts";
import styles from "./Definition.module.css";
import { t } from "./messages.ts";

const sides = [
  { type: "apiProvidedBy", title: "providers", none: "noProviders" },
  { type: "apiConsumedBy", title: "consumers", none: "noConsumers" },
] as const;

/** Who provides an API, and who consumes it. */
export function Neighbours({ entityRef }: { entityRef: string }) {
  const { data } = useQuery({ ...entityPage(entityRef), select: (answer) => rootField(answer, "entity") });
  return (
    <aside className={styles.neighbours}>
      {sides.map(({ type, title, none }) => {
        const relations = data?.[type];
        if (!relations) return null;
        return (
          <Card key={type} title={t(title)} count={relations.totalCount} isFlush>
            <ul className={styles.neighbourList}>
              {relations.nodes.map(({ targetRef, target }) => (
                <li key={targetRef}>
                  <ReferenceChip reference={targetRef} target={target} />
                </li>
              ))}
              {relations.totalCount === 0 && <li className={styles.quiet}>{t(none)}</li>}
            </ul>
            {relations.totalCount > relations.nodes.length && (
              <Link className={styles.allNeighbours} target={paths.entity(entityRef, "relations", { type })}>
                {t("allRelated", { count: relations.totalCount })}
              </Link>
            )}
          </Card>
        );
      })}
    </aside>
  );
}
