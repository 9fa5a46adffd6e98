import { type QueryClient, type QueryFunctionContext, queryOptions } from "@tanstack/react-query";
import type { TypedDocument } from "#lib/graphql/document.ts";
import { Failure } from "#lib/graphql/failure.ts";
import { type Answer, request } from "#lib/graphql/request.ts";
import { hasSessionEnded } from "#lib/graphql/sessionEnd.ts";
import { viewerQuery } from "./viewer.ts";

/** How one operation is fetched, cached and cancelled. */
export function operation<Result, Variables>(document: TypedDocument<Result, Variables>, variables: Variables) {
  return queryOptions({
    queryKey: [operationName(document), variables] as const,
    queryFn: (context) => fetchFor(context, document, variables),
    // For whoever would like to ask the same.
    meta: { document },
  });
}

/** Fetches an operation. What is on the page already is never replaced by what somebody else may see. */
export async function fetchFor<Result, Variables>(
  { client, queryKey, signal }: Pick<QueryFunctionContext, "client" | "queryKey" | "signal">,
  document: TypedDocument<Result, Variables>,
  variables: Variables,
): Promise<Answer<Result>> {
  const isFirst = client.getQueryData(queryKey) === undefined;
  if (isFirst) return request(document, variables, signal);
  const [answer] = await Promise.all([request(document, variables, signal), checkReader(client)]);
  return answer;
}

/** For how long it is believed that the reader is who they were: what is fetched at once asks once. */
const trusted = 2000;

async function checkReader(client: QueryClient) {
  // Whether that question is answered is not what was asked.
  await client.fetchQuery({ ...viewerQuery(), staleTime: trusted }).catch(() => undefined);
  if (hasSessionEnded()) throw new Failure("UNAUTHENTICATED", "the session has ended");
}

function operationName(document: string): string {
  return /(?:query|mutation)\s+(\w+)/.exec(document)?.[1] ?? document;
}
