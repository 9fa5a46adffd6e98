import { useQuery } from "@tanstack/react-query";
import { useDrawnModule } from "#kit/modules/moduleContext.ts";
import { codeOfStatus, Failure } from "#lib/graphql/failure.ts";
import { noteSessionEnd } from "#lib/graphql/sessionEnd.ts";
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
  const text = await response.text().catch(() => "");
  const isOfTarget = response.headers.has("x-callboard-proxied");
  const failure = proxyFailure(endpoint, response.status, text, isOfTarget, response.headers.get("x-request-id"));
  if (failure.code === "UNAUTHENTICATED") noteSessionEnd();
  throw failure;
}

/** What an answer that is none of success means to the reader: a refusal of the portal, or of the service behind it. */
export function proxyFailure(
  endpoint: string,
  status: number,
  text: string,
  isOfTarget: boolean,
  requestId: string | null,
): Failure {
  if (isOfTarget) {
    const words = text.slice(0, mostWords);
    return new Failure(
      codeOfTarget(status),
      `HTTP ${status} of what is behind ${endpoint}${words && `: ${words}`}`,
      requestId,
    );
  }
  const { message, extensions } = ownError(text) ?? {};
  return new Failure(
    extensions?.code ?? codeOfStatus(status),
    message ?? `HTTP ${status} of the proxy endpoint ${endpoint}`,
    requestId,
    [],
    null,
    extensions?.permission ?? null,
  );
}

interface OwnError {
  message?: string;
  extensions?: { code?: string; permission?: string };
}

function ownError(text: string): OwnError | undefined {
  try {
    return (JSON.parse(text) as { errors?: OwnError[] }).errors?.[0];
  } catch {
    // Something in between has answered in its own words.
    return undefined;
  }
}

/** That a service does not take the portal's credentials says nothing about the reader's session. */
function codeOfTarget(status: number): string {
  if (status === 404) return "NOT_FOUND";
  return status === 401 || status === 403 ? "OTHER" : codeOfStatus(status);
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
