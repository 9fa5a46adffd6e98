import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { CatalogRowFragment } from "../CatalogList.generated.ts";
import type { CatalogSearch } from "../catalogSearch.ts";
import { catalogChunk } from "../queries.ts";
import { chunkOf, chunkSize, chunksOf, type Stretch } from "./chunks.ts";

/** Where somebody drags the bar along, nothing is fetched for the places that they pass. */
const settling = 80;
/** Rows that are fetched before they come into sight. */
const ahead = 30;

/** What is known of the rows of a list. */
export interface Chunks {
  /** Those that are fetched for what is in sight. */
  chunks: readonly number[];
  /** A row; undefined while it is on its way. */
  rowAt: (row: number) => CatalogRowFragment | undefined;
  /** Why some rows do not come. */
  error: unknown;
  retry: () => void;
}

/** The rows of a long list around what is in sight, fetched as one comes near them. */
export function useChunks(search: CatalogSearch, count: number, stretch: Stretch, kept: readonly number[]): Chunks {
  const queries = useQueryClient();
  const around = { from: Math.max(0, stretch.from - ahead), to: Math.min(count, stretch.to + ahead) };
  const chunks = [...new Set([...chunksOf(around), ...kept.filter((row) => row < count).map(chunkOf)])];
  const isSettled = useIsSettled(chunks.join());
  const isKnown = (chunk: number) => queries.getQueryData(catalogChunk(search, chunk).queryKey) !== undefined;
  const answers = useQueries({
    queries: chunks.map((chunk) => ({
      ...catalogChunk(search, chunk),
      // Who scrolls on from what they see waits for nothing.
      enabled: isSettled || isKnown(chunk - 1) || isKnown(chunk + 1),
    })),
  });
  const failed = answers.find((answer) => answer.error && !answer.data);
  return {
    chunks,
    rowAt: (row) => answers[chunks.indexOf(chunkOf(row))]?.data?.data.entities?.nodes[row % chunkSize],
    error: failed?.error ?? null,
    retry: () => {
      for (const answer of answers) if (answer.error) void answer.refetch();
    },
  };
}

/** Whether something has been as it is for a moment. */
function useIsSettled(state: string): boolean {
  const [settled, setSettled] = useState(state);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(state), settling);
    return () => clearTimeout(timer);
  }, [state]);
  return settled === state;
}
