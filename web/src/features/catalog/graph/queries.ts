import type { QueryClient } from "@tanstack/react-query";
import { operation } from "#kit/query.ts";
import {
  GraphKindsDocument,
  GraphStartsDocument,
  RelationDependentsDocument,
  RelationGraphDocument,
  RelationPathDocument,
} from "./Graph.generated.ts";
import { defaultSteps, type GraphSearch, showsDependents } from "./graphSearch.ts";

/** More than these are not drawn; the nearest are kept. */
const mostNodes = 500;

const mostStarts = 12;

const directions = { outgoing: "OUTGOING", incoming: "INCOMING" } as const;

/** What lies around the roots. */
export function relationGraph(
  { root = [], relation, kind, follow, depth = defaultSteps }: GraphSearch,
  limit = mostNodes,
) {
  const direction = follow && follow !== "dependents" ? directions[follow] : "BOTH";
  return operation(RelationGraphDocument, { roots: root, relations: relation, kinds: kind, direction, depth, limit });
}

/** What depends on the root. */
export function dependentsGraph({ root = [], depth = defaultSteps }: GraphSearch) {
  return operation(RelationDependentsDocument, { ref: root[0] ?? "", depth, limit: mostNodes });
}

/** Fetches what an address shows, before it is looked at. */
export function prefetchGraph(queries: QueryClient, search: GraphSearch) {
  if (!search.root) return;
  if (showsDependents(search)) void queries.prefetchQuery(dependentsGraph(search));
  else void queries.prefetchQuery(relationGraph(search));
}

/** A shortest way from one entity to another. */
export function relationPath({ from = "", to = "", relation, kind }: GraphSearch) {
  return operation(RelationPathDocument, { from, to, relations: relation, kinds: kind });
}

/** The kinds there are. */
export function graphKinds() {
  return operation(GraphKindsDocument, {});
}

/** Where one may begin. */
export function graphStarts() {
  return operation(GraphStartsDocument, { first: mostStarts });
}
