import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import { request, rootField } from "#lib/graphql/request.ts";
import { type CatalogSearch, filterOf, orderOf } from "../catalogSearch.ts";
import { CatalogCursorsDocument } from "./CatalogCursors.generated.ts";
import { nextStep, type Positions, type Step } from "./positions.ts";

const nothing: Positions = new Map();
/** Where somebody drags the bar along, nobody walks to each place that they pass. */
const settling = 60;

/**
 * Finds the cursor of a row, walking there in long steps that fetch no rows. What was found is kept with what else is
 * fetched, so that one comes back to where one was at once.
 */
export function usePositions(search: CatalogSearch, count: number, wantedRow: (known: Positions) => number | null) {
  const queries = useQueryClient();
  const list = { filter: filterOf(search), text: search.text, orderBy: orderOf(search) };
  const key = ["CatalogPositions", list, count] as const;
  const written = JSON.stringify(key);
  const known = queries.getQueryData<Positions>(key) ?? nothing;
  const [, setSteps] = useState(0);
  const [failure, setFailure] = useState<{ of: string; error: unknown } | null>(null);
  const note = (found: readonly (readonly [number, string])[]) => {
    const before = queries.getQueryData<Positions>(key) ?? nothing;
    if (found.every(([place]) => before.has(place))) return;
    queries.setQueryData(key, new Map([...before, ...found]));
    setSteps((steps) => steps + 1);
  };
  const walk = useEffectEvent(async (wanted: number, signal: AbortSignal) => {
    const positions = () => queries.getQueryData<Positions>(key) ?? nothing;
    for (let step = nextStep(positions(), wanted, count); step; step = nextStep(positions(), wanted, count)) {
      const cursor = await take(step, list, signal);
      if (signal.aborted) return;
      // The list is shorter than it was: what is shown is fetched anew by whoever hears of that.
      if (cursor === null) return;
      note([[step.reaches, cursor]]);
    }
  });
  const row = wantedRow(known);
  const isMissing = row !== null && !known.has(row);
  useEffect(() => {
    if (row === null || !isMissing) return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      setFailure(null);
      walk(row, controller.signal).catch((error: unknown) => {
        if (!controller.signal.aborted) setFailure({ of: written, error });
      });
    }, settling);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [row, isMissing, written]);
  return { known, note, error: failure?.of === written ? failure.error : null };
}

async function take(
  { direction, cursor, count }: Step,
  list: { filter: ReturnType<typeof filterOf>; text: string | undefined; orderBy: ReturnType<typeof orderOf> },
  signal: AbortSignal,
): Promise<string | null> {
  const page = direction === "forward" ? { first: count, after: cursor } : { last: count, before: cursor };
  const entities = rootField(await request(CatalogCursorsDocument, { ...list, ...page }, signal), "entities");
  const { startCursor = null, endCursor = null } = entities?.pageInfo ?? {};
  return direction === "forward" ? endCursor : startCursor;
}
