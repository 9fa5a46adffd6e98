import { useQueryClient } from "@tanstack/react-query";
import { type RefObject, useRef, useState } from "react";
import { useSubscription } from "#kit/live.ts";
import { fetchFor } from "#kit/query.ts";
import type { Answer } from "#lib/graphql/request.ts";
import { useThrottled } from "#lib/throttle.ts";
import { CatalogListDocument, type CatalogListQuery } from "../list/CatalogList.generated.ts";
import { type CatalogSearch, filterOf } from "../list/catalogSearch.ts";
import { catalogList } from "../list/queries.ts";
import { EntityChangedDocument } from "./EntityChanged.generated.ts";

/** How often a list is fetched anew at most. */
export const listPause = 1_000;
/** How often what is counted beside it is. */
export const countsPause = 5_000;

interface HeldList {
  /** The list that it is a newer state of. */
  of: string;
  answer: Answer<CatalogListQuery>;
  count: number;
}

/** How many changes wait to be shown, and what shows them. */
export interface LiveChanges {
  count: number;
  show: () => void;
}

/**
 * Keeps a list of the catalog as it is. What changes within the rows is shown as it happens; rows that would come, go
 * or move under the pointer or the keyboard wait until they are asked for.
 */
export function useLiveList(search: CatalogSearch, table: RefObject<HTMLElement | null>): LiveChanges {
  const queries = useQueryClient();
  const { queryKey } = catalogList(search);
  const of = JSON.stringify(queryKey);
  const [held, setHeld] = useState<HeldList | null>(null);
  const changed = useRef(new Set<string>());
  const countAnew = useThrottled(() => void queries.invalidateQueries({ queryKey: ["CatalogFacets"] }), countsPause);
  const apply = (answer: Answer<CatalogListQuery>) => {
    queries.setQueryData(queryKey, answer);
    changed.current.clear();
    setHeld(null);
    countAnew();
  };
  const fetchAnew = async () => {
    const shown = queries.getQueryData(queryKey);
    if (!shown) return;
    const count = changed.current.size;
    const { signal } = new AbortController();
    const context = { client: queries, queryKey, signal };
    const answer = await fetchFor(context, CatalogListDocument, queryKey[1]).catch(() => null);
    // What fails is fetched again with the next change, or when the page is looked at again.
    if (!answer?.data.entities) return;
    const isTouched = table.current?.matches(":hover, :focus-within") ?? false;
    if (!isTouched || haveSameRows(shown.data, answer.data)) apply(answer);
    else setHeld({ of, answer, count: Math.max(1, count) });
  };
  const refresh = useThrottled(() => void fetchAnew(), listPause);
  useSubscription(
    EntityChangedDocument,
    { filter: filterOf(search) },
    {
      next: ({ entityChanged }) => {
        // Without a reference anything may have changed.
        if (entityChanged.ref !== null) changed.current.add(entityChanged.ref);
        refresh();
      },
      gap: refresh,
    },
  );
  const current = held?.of === of ? held : null;
  return { count: current?.count ?? 0, show: () => current && apply(current.answer) };
}

/** Whether two states of a list have the same entities in the same order. */
export function haveSameRows(before: CatalogListQuery, after: CatalogListQuery): boolean {
  const [old, now] = [before, after].map(({ entities }) => entities?.nodes.map(({ ref }) => ref).join(" "));
  return old === now;
}
