import { useRef } from "react";
import { StaleNotice } from "#kit/FailureNotice.tsx";
import { CatalogTable } from "../CatalogTable.tsx";
import type { CatalogSearch } from "../catalogSearch.ts";
import type { Selection } from "../selection/useSelection.ts";
import { chunkSize, rowsToDraw } from "./chunks.ts";
import { useScrollPlace } from "./scrollPlace.ts";
import { useChunks } from "./useChunks.ts";
import { useLiveRows } from "./useLiveRows.ts";
import { useRowFocus } from "./useRowFocus.ts";
import { useRowsInSight } from "./useRowsInSight.ts";
import { useScrolledSelection } from "./useScrolledSelection.ts";

interface ScrolledTableProps {
  /** The list that is shown. */
  search: CatalogSearch;
  /** The list that was asked for, which what one changes begins with. */
  asked: CatalogSearch;
  /** How many there are in all. */
  count: number;
  selection: Selection;
  isStale: boolean;
  isFaded: boolean;
}

/** All of a list, however long: what is in sight is fetched and drawn, the rest is room. */
export function ScrolledTable({ search, asked, count, selection, isStale, isFaded }: ScrolledTableProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const { row: start, noteRow } = useScrollPlace();
  const { rowHeight, ...stretch } = useRowsInSight(body, count);
  const { kept, shift, ...focus } = useRowFocus({ body, count, rowHeight, start, onRow: noteRow });
  const rows = useChunks(search, count, stretch, kept);
  useLiveRows({ search, body, rows, rowHeight, onShift: shift });
  const indexes = rowsToDraw(stretch, kept, count);
  const known = rows.chunks.flatMap((chunk) =>
    Array.from({ length: chunkSize }, (_, position) => rows.rowAt(chunk * chunkSize + position)).filter(
      (entity) => entity !== undefined,
    ),
  );
  return (
    <>
      {rows.error !== null && <StaleNotice error={rows.error} onRetry={rows.retry} />}
      <CatalogTable
        entities={indexes.map(rows.rowAt)}
        known={known}
        search={asked}
        selection={useScrolledSelection(selection, search, count)}
        isStale={isStale}
        isFaded={isFaded}
        part={{ rows: indexes, count, rowHeight }}
        body={{ ref: body, ...focus }}
      />
    </>
  );
}
