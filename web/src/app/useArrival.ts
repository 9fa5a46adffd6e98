import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { viewerQuery } from "#kit/viewer.ts";
import { Failure } from "#lib/graphql/failure.ts";
import { onSessionLoss, useSessionEnd } from "#lib/graphql/sessionEnd.ts";

/**
 * Whether whoever opened the portal has to sign in first, or has to sign in again since their session ended while it
 * was open, which must not cost them the page they are on.
 */
export function useArrival(): { mustSignIn: boolean; hasSessionEnded: boolean } {
  const queries = useQueryClient();
  const { data: viewer, error, refetch } = useQuery(viewerQuery());
  useEffect(() => onSessionLoss(() => void refetch()), [refetch]);
  const hasEnded = useSessionEnd();
  const hadEnded = useRef(hasEnded);
  useEffect(() => {
    if (hadEnded.current && !hasEnded) void queries.invalidateQueries();
    hadEnded.current = hasEnded;
  }, [hasEnded, queries]);
  const isRefused = viewer === undefined && error instanceof Failure && error.code === "UNAUTHENTICATED";
  return { mustSignIn: viewer === null || isRefused, hasSessionEnded: Boolean(viewer) && hasEnded };
}
