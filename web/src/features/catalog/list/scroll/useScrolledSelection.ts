import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import type { CatalogSearch } from "../catalogSearch.ts";
import { catalogChunk } from "../queries.ts";
import { mostSelected, type RowSelection, type Selectable, type Selection } from "../selection/useSelection.ts";
import { chunkSize, chunksOf, type Stretch } from "./chunks.ts";

/** Chooses rows of a list of which only a part is drawn: what lies between two of them is fetched. */
export function useScrolledSelection(selection: Selection, search: CatalogSearch, count: number): RowSelection {
  const queries = useQueryClient();
  const last = useRef<number | null>(null);
  const fetchRows = async ({ from, to }: Stretch): Promise<Selectable[]> => {
    const chunks = chunksOf({ from, to });
    const answers = await Promise.all(chunks.map((chunk) => queries.fetchQuery(catalogChunk(search, chunk))));
    const first = (chunks[0] ?? 0) * chunkSize;
    const rows = answers.flatMap(({ data }) => data.entities?.nodes ?? []);
    return rows.slice(from - first, to - first).map(({ ref, displayName }) => ({ ref, displayName }));
  };
  /** Chooses a stretch as a whole; false where it is longer than can be chosen. */
  const choose = async (stretch: Stretch, act: (rows: readonly Selectable[]) => boolean) =>
    stretch.to - stretch.from <= mostSelected && act(await fetchRows(stretch));
  return {
    has: selection.has,
    state: selection.rows.length === 0 ? "none" : selection.rows.length < count ? "some" : "all",
    toggle: async (row, index, isStretch) => {
      const from = last.current;
      last.current = index ?? null;
      if (!isStretch || from === null || index === undefined) {
        return selection.set([row], !selection.has(row.ref));
      }
      const stretch = { from: Math.min(from, index), to: Math.max(from, index) + 1 };
      const isChosen = selection.has(row.ref);
      return choose(stretch, (rows) => selection.set(rows, !isChosen));
    },
    toggleAll: async () => {
      if (selection.rows.length >= count) return selection.set(selection.rows, false);
      return choose({ from: 0, to: count }, (rows) => selection.set(rows, true));
    },
  };
}
