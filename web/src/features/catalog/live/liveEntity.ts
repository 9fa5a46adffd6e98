import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSubscription } from "#kit/live.ts";
import { useThrottled } from "#lib/throttle.ts";
import { EntityChangedDocument } from "./EntityChanged.generated.ts";

const pause = 1_000;

/**
 * Keeps the page of an entity as it is: it is fetched anew when the entity changes, or what others say of it. Says
 * whether the entity was deleted while one was looking; what was known of it stays then.
 */
export function useLiveEntity(reference: string): boolean {
  const queries = useQueryClient();
  const [isDeleted, setIsDeleted] = useState(false);
  const refetch = useThrottled(
    () => void queries.invalidateQueries({ predicate: ({ queryKey }) => refOf(queryKey[1]) === reference }),
    pause,
  );
  useSubscription(
    EntityChangedDocument,
    { filter: { ref: [reference] } },
    {
      next: ({ entityChanged: { kind } }) => {
        setIsDeleted(kind === "DELETED");
        if (kind !== "DELETED") refetch();
      },
      gap: refetch,
    },
  );
  return isDeleted;
}

function refOf(variables: unknown): string {
  const ref = typeof variables === "object" && variables !== null && "ref" in variables ? variables.ref : "";
  return String(ref);
}
