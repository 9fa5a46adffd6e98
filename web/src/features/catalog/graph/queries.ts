import { operation } from "#kit/query.ts";
import {
  GraphKindsDocument,
  GraphStartsDocument,
  RelationGraphDocument,
  RelationPathDocument,
} from "./Graph.generated.ts";
import { defaultSteps, type GraphSearch } from "./graphSearch.ts";

/** More than these are not drawn; the nearest are kept. */
const mostNodes = 500;

/** As many as can be read on a card. */
const mostOnCard = 9;

const mostStarts = 12;

const directions = { outgoing: "OUTGOING", incoming: "INCOMING" } as const;

/** What lies around the roots. */
export function relationGraph(
  { root = [], relation, kind, follow, depth = defaultSteps }: GraphSearch,
  limit = mostNodes,
) {
  const direction = follow ? directions[follow] : "BOTH";
  return operation(RelationGraphDocument, { roots: root, relations: relation, kinds: kind, direction, depth, limit });
}

/** What an entity is related to at once. */
export function cardGraph(ref: string) {
  return relationGraph({ root: [ref] }, mostOnCard);
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
