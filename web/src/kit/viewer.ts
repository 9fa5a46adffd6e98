import { queryOptions, useQuery } from "@tanstack/react-query";
import { Failure } from "#lib/graphql/failure.ts";
import { request, rootField } from "#lib/graphql/request.ts";
import { hasSessionEnded, noteSessionBack, noteSessionEnd } from "#lib/graphql/sessionEnd.ts";
import { type Reader, staysReader } from "./reader.ts";
import { ViewerDocument, type ViewerQuery } from "./viewer.generated.ts";

let reader: Reader | null = null;

/**
 * Who the server takes the reader for. A session that is over is no error to the server, which goes on with nobody, or
 * with the guest: what the page knows of its reader stays, and that the session has ended is what it learns.
 */
export function viewerQuery() {
  return queryOptions({
    queryKey: ["Viewer", {}] as const,
    queryFn: async ({ signal }) => {
      const hadEnded = hasSessionEnded();
      const viewer = rootField(await request(ViewerDocument, {}, signal), "viewer");
      if (!staysReader(reader, viewer)) {
        noteSessionEnd();
        throw new Failure("UNAUTHENTICATED", "the session has ended");
      }
      reader = viewer;
      if (hadEnded) noteSessionBack();
      return viewer;
    },
  });
}

/** Who the server takes the reader for; null for nobody, undefined until it is known. */
export function useViewer(): ViewerQuery["viewer"] | undefined {
  return useQuery(viewerQuery()).data;
}

/** Whether nobody is signed in; undefined until that is known. */
export function useIsStranger(): boolean | undefined {
  const viewer = useViewer();
  return viewer === undefined ? undefined : viewer === null || viewer.isGuest;
}
