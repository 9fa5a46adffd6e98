import { useSuspenseQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { Breadcrumb } from "#kit/Breadcrumb.tsx";
import { type EntityTab, useEntityTabs } from "#kit/feature.ts";
import { Link } from "#kit/Link.tsx";
import { AwaitedPart } from "#kit/modules/AwaitedPart.tsx";
import { useModuleOf } from "#kit/modules/moduleStates.ts";
import { NotFound } from "#kit/NotFound.tsx";
import { PageTitle } from "#kit/PageTitle.tsx";
import { PluginBoundary } from "#kit/PluginBoundary.tsx";
import { usePageQuery } from "#kit/pageQuery.ts";
import { paths } from "#kit/paths.ts";
import { useVisit } from "#kit/recents.ts";
import { formatEntityRef } from "#lib/entityRef.ts";
import { rootField } from "#lib/graphql/request.ts";
import { formatNumber } from "#lib/i18n/messages.ts";
import { useShortcut } from "#lib/shortcuts.ts";
import { Banner } from "#ui/Notice.tsx";
import { Waiting } from "#ui/Waiting.tsx";
import { useLiveEntity } from "../live/liveEntity.ts";
import { EntityHeader } from "./EntityHeader.tsx";
import type { EntityPageQuery } from "./EntityPage.generated.ts";
import styles from "./EntityPage.module.css";
import { useInspection } from "./inspect/inspection.ts";
import { inspectKeys } from "./inspect/parts.ts";
import { t } from "./messages.ts";
import { entityPage } from "./queries.ts";

const InspectDialog = lazy(() =>
  import("./inspect/InspectDialog.tsx").then((module) => ({ default: module.InspectDialog })),
);

type Entity = NonNullable<EntityPageQuery["entity"]>;

/** One entity: what it is, what it is related to, where it came from. */
export function EntityPage() {
  const { namespace, kind, name, tab } = useParams({ strict: false }) as Record<string, string>;
  const reference = formatEntityRef({ kind: kind ?? "", namespace: namespace ?? "", name: name ?? "" });
  usePageQuery(entityPage(reference));
  const { data } = useSuspenseQuery(entityPage(reference));
  const entity = rootField(data, "entity");
  if (!entity) return <NotFound reference={reference} />;
  return <KnownEntity key={entity.ref} entity={entity} tabId={tab} />;
}

function KnownEntity({ entity, tabId }: { entity: Entity; tabId: string | undefined }) {
  const isDeleted = useLiveEntity(entity.ref);
  useVisit(entity);
  const tabs = useEntityTabs(entity);
  const current = tabId === undefined ? tabs[0] : tabs.slice(1).find(({ id }) => id === tabId);
  const isAwaited = useModuleOf(tabId) !== undefined;
  const inspection = useInspection(entity.ref);
  // In the navigation the same key follows another.
  useShortcut(inspectKeys, () => inspection.open("overview"), { title: t("inspect"), isFallback: true });
  if (!current && !isAwaited) return <NotFound />;
  return (
    <article>
      <PageTitle title={entity.displayName} />
      <Breadcrumb
        above={[
          { title: t("catalog"), target: paths.catalog() },
          { title: entity.kind, target: paths.catalog({ kind: [entity.kind.toLowerCase()] }) },
        ]}
      />
      <EntityHeader
        entity={entity}
        // On the overview they are told of themselves.
        problems={current === tabs[0] ? 0 : problemsOf(entity)}
        onInspect={() => inspection.open("overview")}
      />
      <div role="status">
        {isDeleted && (
          <div className={styles.deleted}>
            <Banner tone="warning">{t("deletedMeanwhile")}</Banner>
          </div>
        )}
      </div>
      <nav className={styles.tabs} aria-label={t("tabs")}>
        {tabs.map((tab, position) => (
          <Tab key={tab.id} tab={tab} entity={entity} isFirst={position === 0} isCurrent={tab === current} />
        ))}
      </nav>
      {current ? (
        <PluginBoundary plugin={current.plugin} title={current.title()} resetKey={current.id}>
          <Suspense fallback={<Waiting />}>
            <current.component entity={entity} />
          </Suspense>
        </PluginBoundary>
      ) : (
        <AwaitedPart id={tabId ?? ""}>
          <NotFound />
        </AwaitedPart>
      )}
      {inspection.part && (
        <Suspense fallback={null}>
          <InspectDialog
            reference={entity.ref}
            name={entity.displayName}
            part={inspection.part}
            onChange={inspection.open}
            onClose={inspection.close}
          />
        </Suspense>
      )}
    </article>
  );
}

/** How much there is that the overview has banners for. */
function problemsOf({ status, orphan, conflicts, ingestion }: Entity): number {
  const told = status.filter(
    ({ level, message }) => level !== "info" && !(ingestion.stale && message === ingestion.error),
  );
  return told.length + conflicts.length + Number(orphan) + Number(ingestion.stale);
}

interface TabProps {
  tab: EntityTab;
  entity: Entity;
  isFirst: boolean;
  isCurrent: boolean;
}

function Tab({ tab, entity, isFirst, isCurrent }: TabProps) {
  return (
    <Link
      className={styles.tab}
      target={paths.entity(entity.ref, isFirst ? undefined : tab.id)}
      isInPlace
      aria-current={isCurrent ? "page" : undefined}
    >
      {tab.title()}
      {tab.id === "relations" && <span className={styles.count}>{formatNumber(entity.relations.totalCount)}</span>}
    </Link>
  );
}
