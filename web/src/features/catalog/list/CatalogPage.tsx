import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { type RefObject, use, useLayoutEffect, useRef, useState } from "react";
import { countOfKind } from "#kit/entity/kinds.ts";
import { FailureNotice, PartialNotice, StaleNotice } from "#kit/FailureNotice.tsx";
import { PageQueryButton } from "#kit/PageQueryButton.tsx";
import { PageTitle } from "#kit/PageTitle.tsx";
import { usePageQuery } from "#kit/pageQuery.ts";
import { useDelayed } from "#lib/delayed.ts";
import { rootField } from "#lib/graphql/request.ts";
import { ExportMenu } from "../export/ExportMenu.tsx";
import { LivePage } from "../live/LivePage.tsx";
import { t } from "../messages.ts";
import { ProblemsLink } from "../problems/ProblemsLink.tsx";
import { ActiveFilters } from "./ActiveFilters.tsx";
import { CatalogActions } from "./CatalogActions.tsx";
import { CatalogEmpty } from "./CatalogEmpty.tsx";
import { CatalogFoot } from "./CatalogFoot.tsx";
import styles from "./CatalogPage.module.css";
import { CatalogTableSkeleton } from "./CatalogTableSkeleton.tsx";
import { ColumnsMenu } from "./ColumnsMenu.tsx";
import { type CatalogSearch, isNarrowed, readCatalogSearch, viewOf, withoutKind } from "./catalogSearch.ts";
import { Facets, FacetsSheetButton } from "./Facets.tsx";
import { ListPlaceContext } from "./listPlace.ts";
import { PageTable } from "./PageTable.tsx";
import { useIsPaged } from "./paging.ts";
import { catalogList } from "./queries.ts";
import { SearchBox } from "./SearchBox.tsx";
import { ScrolledTable } from "./scroll/ScrolledTable.tsx";
import { SelectionBar } from "./selection/SelectionBar.tsx";
import { useSelection } from "./selection/useSelection.ts";
import { ViewsMenu } from "./ViewsMenu.tsx";

/** Everything in the catalog, narrowed, sorted and paged by the address. */
export function CatalogPage() {
  return <List title={t("catalog")} search={readCatalogSearch(useSearch({ strict: false }))} />;
}

/** The APIs of the catalog: the same list, at an address of its own. */
export function ApisPage() {
  const search = readCatalogSearch({ ...useSearch({ strict: false }), kind: "api" });
  return (
    <ListPlaceContext value="apis">
      <List title={t("apis")} search={search} />
    </ListPlaceContext>
  );
}

function List({ title, search }: { title: string; search: CatalogSearch }) {
  return (
    <div className={styles.page}>
      <PageTitle title={title} />
      <header className={styles.head}>
        <h1 className={styles.title}>{title}</h1>
        <ProblemsLink />
        <ExportMenu search={search} />
        <CatalogActions />
        <PageQueryButton />
        <div className={styles.tools}>
          <SearchBox search={search} />
          <FacetsSheetButton search={search} />
          <ViewsMenu search={search} />
          <ColumnsMenu search={search} />
        </div>
      </header>
      <aside className={styles.aside} aria-label={t("filters")}>
        <Facets search={search} />
      </aside>
      <div>
        <ActiveFilters search={search} />
        <CatalogRows search={search} />
      </div>
    </div>
  );
}

function CatalogRows({ search }: { search: CatalogSearch }) {
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...catalogList(search),
    placeholderData: keepPreviousData,
    select: (answer) => ({ entities: rootField(answer, "entities"), answer }),
  });
  usePageQuery(catalogList(search));
  const place = use(ListPlaceContext);
  const table = useRef<HTMLDivElement>(null);
  useListStart(JSON.stringify(viewOf(search)), table);
  const selection = useSelection(JSON.stringify({ ...viewOf(search), columns: null }));
  const isPaged = useIsPaged(search);
  const [shown, setShown] = useState(search);
  if (data && !isPlaceholderData && shown !== search) setShown(search);
  const isFaded = useDelayed(isPlaceholderData);
  const isWaiting = useDelayed(!data && !error);
  if (error && !data) return <FailureNotice what={t("entities")} error={error} onRetry={() => refetch()} />;
  if (!data?.entities) return <CatalogTableSkeleton search={search} isVisible={isWaiting} />;
  const { nodes, totalCount, pageInfo } = data.entities;
  const isWhole = isPaged || totalCount <= nodes.length;
  const state = { selection, isStale: isPlaceholderData, isFaded };
  const kind = search.kind?.length === 1 ? search.kind[0] : undefined;
  return (
    <>
      {error && <StaleNotice error={error} onRetry={() => refetch()} />}
      <PartialNotice failures={data.answer.failures} onRetry={() => refetch()} />
      {isWhole && <LivePage search={search} table={table} />}
      <div ref={table}>
        {totalCount === 0 ? (
          <CatalogEmpty search={search} isNarrowed={isNarrowed(place === "apis" ? withoutKind(search) : search)} />
        ) : isWhole ? (
          <PageTable entities={nodes} search={search} {...state} />
        ) : (
          <ScrolledTable search={isPlaceholderData ? shown : search} asked={search} count={totalCount} {...state} />
        )}
      </div>
      <SelectionBar selection={selection} />
      <CatalogFoot
        search={search}
        summary={t("inMilliseconds", {
          what: countOfKind(totalCount, kind),
          milliseconds: Math.max(1, Math.round(data.answer.milliseconds)),
        })}
        pageInfo={isPaged ? pageInfo : undefined}
      />
    </>
  );
}

/** Another list begins at its start, where one has scrolled beyond that; going back finds the place that one left. */
function useListStart(list: string, table: RefObject<HTMLElement | null>) {
  const before = useRef(list);
  useLayoutEffect(() => {
    if (before.current === list) return;
    before.current = list;
    const top = table.current?.getBoundingClientRect().top ?? 0;
    if (top < 0) window.scrollBy(0, top);
  }, [list, table]);
}
