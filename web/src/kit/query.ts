import { queryOptions } from "@tanstack/react-query";
import type { TypedDocument } from "#lib/graphql/document.ts";
import { request } from "#lib/graphql/request.ts";

/** How one operation is fetched, cached and cancelled. */
export function operation<Result, Variables>(document: TypedDocument<Result, Variables>, variables: Variables) {
  return queryOptions({
    queryKey: [operationName(document), variables] as const,
    queryFn: ({ signal }) => request(document, variables, signal),
  });
}

function operationName(document: string): string {
  return /(?:query|mutation)\s+(\w+)/.exec(document)?.[1] ?? document;
}
