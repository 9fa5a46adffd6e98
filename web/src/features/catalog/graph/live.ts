import { useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "#kit/live.ts";
import { useThrottled } from "#lib/throttle.ts";
import { EntityChangedDocument } from "../live/EntityChanged.generated.ts";
import type { Drawing } from "./drawing.ts";

const pause = 2_000;
const shown = new Set(["RelationGraph", "RelationDependents", "RelationPath", "EntitySummary"]);

/** Keeps the graph as it is: it is fetched anew when something in it changes, or is related to something else. */
export function useLiveGraph({ nodes }: Drawing) {
  const queries = useQueryClient();
  const refetch = useThrottled(
    () => void queries.invalidateQueries({ predicate: ({ queryKey }) => shown.has(String(queryKey[0])) }),
    pause,
  );
  const ref = nodes.map((node) => node.ref).sort();
  useSubscription(EntityChangedDocument, ref.length === 0 ? null : { filter: { ref } }, {
    next: refetch,
    gap: refetch,
  });
}
