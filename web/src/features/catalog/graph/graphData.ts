import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { rootField } from "#lib/graphql/request.ts";
import { type Drawing, drawingOf } from "./drawing.ts";
import type { RelationPathQuery } from "./Graph.generated.ts";
import { extentOf, type GraphSearch, showsDependents } from "./graphSearch.ts";
import { dependentsGraph, relationGraph, relationPath } from "./queries.ts";

/** What an address shows, as far as it is known. */
export interface GraphData {
  drawing: Drawing;
  /** The way between the two ends; null for none, undefined while it is not known or not asked for. */
  path: RelationPathQuery["entityPath"] | undefined;
  /** What was asked for by what is drawn. */
  extent: string;
  isTruncated: boolean;
  /** Roots that are not there. */
  missing: string[];
  isPending: boolean;
  isPlaceholder: boolean;
  error: Error | null;
  /** Why the way is not known. */
  pathError: Error | null;
  retry: () => void;
}

/** Fetches what an address shows; while the next is on its way, what was there before stays. */
export function useGraphData(search: GraphSearch): GraphData {
  const { root, from, to, pairs } = search;
  const isRooted = root !== undefined;
  const isPath = from !== undefined && to !== undefined;
  const hasDependents = showsDependents(search);
  const aroundQuery = useQuery({
    ...relationGraph(search),
    enabled: isRooted && !hasDependents,
    placeholderData: keepPreviousData,
    select: (answer) => rootField(answer, "entityGraph"),
  });
  const dependentsQuery = useQuery({
    ...dependentsGraph(search),
    enabled: isRooted && hasDependents,
    placeholderData: keepPreviousData,
    select: (answer) => rootField(answer, "entityGraph"),
  });
  const graphQuery = hasDependents ? dependentsQuery : aroundQuery;
  const pathQuery = useQuery({
    ...relationPath(search),
    enabled: isPath,
    placeholderData: keepPreviousData,
    select: (answer) => rootField(answer, "entityPath"),
  });
  const graph = isRooted ? graphQuery.data : undefined;
  const path = isPath ? pathQuery.data : undefined;
  // By their names: every address is read anew, and what is drawn is the same until something of it is another.
  const roots = root?.join("\n");
  const drawing = useMemo(
    () =>
      drawingOf(
        { graph: graph ?? undefined, path: path ?? undefined },
        { roots: roots?.split("\n") ?? [], isSplit: pairs === "split" },
      ),
    [graph, path, roots, pairs],
  );
  const queries = [...(isRooted ? [graphQuery] : []), ...(isPath ? [pathQuery] : [])];
  const isPlaceholder = queries.some((query) => query.isPlaceholderData);
  const isPending = queries.some((query) => query.isPending);
  const asked = extentOf(search);
  const [extent, setExtent] = useState(asked);
  if (extent !== asked && !isPlaceholder && !isPending) setExtent(asked);
  const isThere = (ref: string) => drawing.nodes.some((node) => node.ref === ref);
  return {
    drawing,
    path: pathQuery.isPlaceholderData ? undefined : path,
    extent,
    isTruncated: graph?.truncated ?? false,
    missing: graph && !graphQuery.isPlaceholderData ? (root ?? []).filter((ref) => !isThere(ref)) : [],
    isPending,
    isPlaceholder,
    error: isRooted ? graphQuery.error : null,
    pathError: isPath ? pathQuery.error : null,
    retry: () => {
      for (const query of queries) void query.refetch();
    },
  };
}
