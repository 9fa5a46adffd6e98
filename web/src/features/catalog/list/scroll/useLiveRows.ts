import { useQueryClient } from "@tanstack/react-query";
import { type RefObject, useLayoutEffect, useRef } from "react";
import { useSubscription } from "#kit/live.ts";
import { fetchFor } from "#kit/query.ts";
import { useThrottled } from "#lib/throttle.ts";
import { EntityChangedDocument } from "../../live/EntityChanged.generated.ts";
import { countsPause, haveSameRows, listPause } from "../../live/liveList.ts";
import { CatalogListDocument } from "../CatalogList.generated.ts";
import { type CatalogSearch, filterOf } from "../catalogSearch.ts";
import { catalogChunk } from "../queries.ts";
import { chunkSize } from "./chunks.ts";
import type { Chunks } from "./useChunks.ts";

interface LiveRowsProps {
  search: CatalogSearch;
  body: RefObject<HTMLTableSectionElement | null>;
  rows: Chunks;
  rowHeight: number;
  onShift: (rows: number) => void;
}

/** A row, and where it is. */
interface Anchor {
  ref: string;
  row: number;
}

/**
 * Keeps a long list as it is. Rows may come and go above what one reads; what one points at, or reads first, stays where
 * it is in the window, and the list moves around it.
 */
export function useLiveRows({ search, body, rows: { chunks, rowAt }, rowHeight, onShift }: LiveRowsProps) {
  const queries = useQueryClient();
  const moved = useRef<{ ref: string; from: number; to: number } | null>(null);
  const countAnew = useThrottled(() => void queries.invalidateQueries({ queryKey: ["CatalogFacets"] }), countsPause);
  const fetchAnew = async () => {
    // The first tells how many there are.
    const asked = [...new Set([0, ...chunks])].map((chunk) => ({ chunk, ...catalogChunk(search, chunk) }));
    const { signal } = new AbortController();
    const answers = await Promise.all(
      asked.map(async ({ chunk, queryKey }) => ({
        chunk,
        queryKey,
        before: queries.getQueryData(queryKey),
        now: await fetchFor({ client: queries, queryKey, signal }, CatalogListDocument, queryKey[1]),
      })),
    ).catch(() => []);
    // What fails is fetched again with the next change, or when the page is looked at again.
    if (answers.length === 0 || answers.some(({ now }) => !now.data.entities)) return;
    const isSame = answers.every(({ before, now }) => before && haveSameRows(before.data, now.data));
    if (!isSame) {
      const anchor = anchorOf(body.current);
      const found = answers.flatMap(({ chunk, now }) => {
        const position = now.data.entities?.nodes.findIndex(({ ref }) => ref === anchor?.ref) ?? -1;
        return position < 0 ? [] : [chunk * chunkSize + position];
      });
      if (anchor && found[0] !== undefined && found[0] !== anchor.row) {
        moved.current = { ref: anchor.ref, from: anchor.row, to: found[0] };
      }
    }
    for (const { queryKey, now } of answers) queries.setQueryData(queryKey, now);
    const [name, list] = catalogChunk(search, 0).queryKey;
    if (!isSame) {
      // The others have moved as well.
      queries.removeQueries({
        type: "inactive",
        predicate: ({ queryKey: [other, variables] }) =>
          other === name && JSON.stringify({ ...(variables as object), offset: undefined }) === JSON.stringify(list),
      });
    }
    countAnew();
  };
  const refresh = useThrottled(() => void fetchAnew(), listPause);
  useSubscription(EntityChangedDocument, { filter: filterOf(search) }, { next: refresh, gap: refresh });
  useLayoutEffect(() => {
    const move = moved.current;
    if (!move || rowAt(move.to)?.ref !== move.ref) return;
    moved.current = null;
    onShift(move.to - move.from);
    window.scrollBy(0, (move.to - move.from) * rowHeight);
  });
}

/** The row that must stay where it is: what the keyboard or the pointer is on, else the first that one reads. */
function anchorOf(body: HTMLElement | null): Anchor | null {
  const rows = [...(body?.querySelectorAll<HTMLElement>("tr[data-ref]") ?? [])];
  const isInSight = (row: HTMLElement) => {
    const { top, bottom } = row.getBoundingClientRect();
    return bottom > 0 && top < window.innerHeight;
  };
  const seen = rows.filter(isInSight);
  const isAtStart = (body?.getBoundingClientRect().top ?? 0) >= 0;
  const row =
    seen.find((row) => row.contains(document.activeElement)) ??
    seen.find((row) => row.matches(":hover")) ??
    (isAtStart ? undefined : seen[1]);
  return row ? { ref: row.dataset.ref ?? "", row: Number(row.dataset.index) } : null;
}
