import { useQueries } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef } from "react";
import { StaleNotice } from "#kit/FailureNotice.tsx";
import type { CatalogRowFragment } from "../CatalogList.generated.ts";
import { CatalogTable } from "../CatalogTable.tsx";
import type { CatalogSearch } from "../catalogSearch.ts";
import { catalogList } from "../queries.ts";
import type { Selection } from "../selection/useSelection.ts";
import { chunkSize, chunksOf, type Positions, rowBefore } from "./positions.ts";
import { usePositions } from "./usePositions.ts";
import { useRowsInSight } from "./useRowsInSight.ts";

interface ScrolledTableProps {
  search: CatalogSearch;
  /** How many there are in all. */
  count: number;
  selection: Selection;
  isStale: boolean;
  isFaded: boolean;
}

/** All of a list, however long: what is in sight is fetched and drawn, the rest is room. */
export function ScrolledTable({ search, count, selection, isStale, isFaded }: ScrolledTableProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const { from, to, rowHeight } = useRowsInSight(body, count);
  const chunks = chunksOf(from, to);
  const afterOf = (known: Positions, chunk: number) => (chunk === 0 ? undefined : known.get(rowBefore(chunk)));
  const { known, note, error } = usePositions(search, count, (known) => {
    const chunk = chunks.find((chunk) => chunk > 0 && afterOf(known, chunk) === undefined);
    return chunk === undefined ? null : rowBefore(chunk);
  });
  const answers = useQueries({
    queries: chunks.map((chunk) => {
      const after = afterOf(known, chunk);
      return {
        ...catalogList({ ...search, ...(after !== undefined && { after }) }),
        enabled: chunk === 0 || after !== undefined,
      };
    }),
  });
  const entities = Array.from({ length: Math.max(0, to - from) }, (_, position): CatalogRowFragment | undefined => {
    const row = from + position;
    const answer = answers[chunks.indexOf(Math.floor(row / chunkSize))];
    return answer?.data?.data.entities?.nodes[row % chunkSize];
  });
  const learn = useEffectEvent(() => {
    // The end of a chunk is where the next one begins.
    note(
      chunks.flatMap((chunk, position) => {
        const end = answers[position]?.data?.data.entities?.pageInfo.endCursor;
        const next = rowBefore(chunk + 1);
        return end && next < count ? [[next, end] as const] : [];
      }),
    );
  });
  // Once there is something to learn from.
  useEffect(() => learn());
  const failed = answers.find((answer) => answer.error && !answer.data);
  return (
    <>
      {(failed || error !== null) && (
        <StaleNotice
          error={failed?.error ?? error}
          onRetry={() => {
            for (const answer of answers) if (answer.error) void answer.refetch();
          }}
        />
      )}
      <CatalogTable
        entities={entities}
        search={search}
        selection={selection}
        isStale={isStale}
        isFaded={isFaded}
        part={{ from, count, rowHeight }}
        body={body}
      />
    </>
  );
}
