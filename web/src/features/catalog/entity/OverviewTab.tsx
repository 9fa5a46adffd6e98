import { useSuspenseQuery } from "@tanstack/react-query";
import { PartialNotice } from "#kit/FailureNotice.tsx";
import { type EntityFacts, useEntityCards } from "#kit/feature.ts";
import { PluginBoundary } from "#kit/PluginBoundary.tsx";
import { rootField } from "#lib/graphql/request.ts";
import { Card } from "#ui/Card.tsx";
import { Banner } from "#ui/Notice.tsx";
import { Prose } from "#ui/Prose.tsx";
import { AboutCard } from "./AboutCard.tsx";
import { EntityBanners } from "./acts/EntityBanners.tsx";
import { EntityLinks } from "./EntityLinks.tsx";
import { KindCards, toldByKind } from "./KindCards.tsx";
import { t } from "./messages.ts";
import styles from "./OverviewTab.module.css";
import { entityPage } from "./queries.ts";
import { RelationCards } from "./RelationCards.tsx";
import { SourceCard } from "./SourceCard.tsx";

/** An entity at a glance. */
export function OverviewTab({ entity: facts }: { entity: EntityFacts }) {
  const { ref } = facts;
  const { data, refetch } = useSuspenseQuery(entityPage(ref));
  const entity = rootField(data, "entity");
  const cards = useEntityCards(facts);
  if (!entity) return null;
  const { ingestion, orphan, conflicts } = entity;
  const hasProblems = ingestion.stale || orphan || conflicts.length > 0;
  // What a banner says is not said again.
  const status = entity.status.filter(({ message }) => !(ingestion.stale && message === ingestion.error));
  return (
    <>
      {(hasProblems || status.length > 0 || data.failures.length > 0) && (
        <div className={styles.problems}>
          <PartialNotice failures={data.failures} onRetry={() => refetch()} />
          <EntityBanners entity={entity} />
          {status.map(({ type, level, message }) => (
            <Banner
              key={`${type} ${message}`}
              tone={level === "error" ? "danger" : level === "warning" ? "warning" : "neutral"}
            >
              <Prose text={message} />
            </Banner>
          ))}
        </div>
      )}
      <div className={styles.overview}>
        <div className={styles.main}>
          <AboutCard entity={entity} />
          <KindCards entity={entity} graph={data.data.entityGraph} />
          <div className={styles.cards}>
            {cards.map(({ id, plugin, title, component: Content }) => (
              <PluginBoundary key={`${plugin}.${id}`} plugin={plugin} title={title?.() ?? plugin}>
                <Content entity={entity} />
              </PluginBoundary>
            ))}
            <RelationCards
              reference={ref}
              cards={entity}
              total={entity.relations.totalCount}
              told={toldByKind(entity.kind)}
            />
          </div>
        </div>
        <div className={styles.side}>
          {entity.links.length > 0 && (
            <Card title={t("links")} isFlush>
              <div className={styles.linksBody}>
                <EntityLinks links={entity.links} />
              </div>
            </Card>
          )}
          <SourceCard entity={entity} />
        </div>
      </div>
    </>
  );
}
