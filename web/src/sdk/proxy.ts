import { useQuery } from "@tanstack/react-query";
import { useDrawnModule } from "#kit/modules/moduleContext.ts";
import { codeOfStatus, Failure } from "#lib/graphql/failure.ts";
import { send, serverAddress } from "#lib/server.ts";
import type { QueryResult } from "./data.ts";

/** How much of another's answer is told where it is an error. */
const mostWords = 200;

/** The address of something behind the proxy. What would leave the endpoint is refused here as it is by the server. */
export function proxyAddress(endpoint: string, path: string): string {
  if (!/^[\w.~-]+(?:\/[\w.~-]+)*$/.test(endpoint)) throw new Error(`\`${endpoint}\` is no name of a proxy endpoint`);
  const [rest = "", search] = path.split(/\?(.*)/s);
  if (/(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)|[\\#]/i.test(rest))
    throw new Error(`\`${path}\` leads out of the proxy endpoint`);
  return `/api/proxy/${endpoint}/${rest.replace(/^\/+/, "")}${search ? `?${search}` : ""}`;
}

/**
 * Asks another service through an endpoint that the portal's config declares; the server adds the credentials, which no
 * browser sees. Throws a `Failure` where the answer is none of success.
 */
export async function proxyFetch(endpoint: string, path: string, init: RequestInit = {}): Promise<Response> {
  const response = await send(serverAddress(proxyAddress(endpoint, path)), init);
  if (response.ok) return response;
  const words = (await response.text().catch(() => "")).slice(0, mostWords);
  throw new Failure(
    codeOfStatus(response.status),
    `HTTP ${response.status} of the proxy endpoint ${endpoint}${words && `: ${words}`}`,
    response.headers.get("x-request-id"),
  );
}

/** What another service answers as JSON, asked through the proxy; without a path, nothing is asked. */
export function useProxy<Result = unknown>(
  endpoint: string,
  path: string | null,
  { read, refreshEvery }: { read?: (answer: unknown) => Result; refreshEvery?: number } = {},
): QueryResult<Result> {
  const { id } = useDrawnModule();
  const { data, error, isPending, isFetching, refetch } = useQuery({
    queryKey: ["ModuleProxy", id, endpoint, path],
    queryFn: async ({ signal }) => {
      const headers = { accept: "application/json" };
      const answer: unknown = await (await proxyFetch(endpoint, path ?? "", { signal, headers })).json();
      return read ? read(answer) : (answer as Result);
    },
    enabled: path !== null,
    ...(refreshEvery !== undefined && { refetchInterval: refreshEvery }),
  });
  return {
    data,
    error,
    failures: [],
    isLoading: isPending && path !== null,
    isRefreshing: isFetching && !isPending,
    refetch: async () => void (await refetch()),
  };
}
