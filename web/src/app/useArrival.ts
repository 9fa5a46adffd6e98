import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { operation } from "#kit/query.ts";
import { ViewerDocument } from "#kit/viewer.generated.ts";
import { Failure } from "#lib/graphql/failure.ts";
import { useSessionEnd } from "#lib/graphql/sessionEnd.ts";

/**
 * Whether whoever opened the portal has to sign in first, or had to be asked to sign in again while it was open, which
 * must not cost them the page they are on.
 */
export function useArrival(): { mustSignIn: boolean; hasSessionEnded: boolean } {
  const { data, error } = useQuery(operation(ViewerDocument, {}));
  const viewer = data?.data.viewer;
  const [wasKnown, setWasKnown] = useState(false);
  if (viewer && !wasKnown) setWasKnown(true);
  const isRefused = (error instanceof Failure ? error : data?.failures[0])?.code === "UNAUTHENTICATED";
  const isNobody = isRefused || viewer === null;
  const wasRefused = useSessionEnd();
  return { mustSignIn: isNobody && !wasKnown, hasSessionEnded: wasKnown && (isNobody || wasRefused) };
}
