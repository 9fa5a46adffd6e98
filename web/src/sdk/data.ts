import { useQuery as useCachedQuery, useQueryClient } from "@tanstack/react-query";
import { useSubscription as useLiveSubscription } from "#kit/live.ts";
import { useDrawnModule } from "#kit/modules/moduleContext.ts";
import { useOperation } from "#kit/mutation.ts";
import { fetchFor } from "#kit/query.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";
import type { Failure } from "#lib/graphql/failure.ts";

/** An operation, with types as a generator gives them or as a mere text. */
type Document<Result, Variables> =
  | string
  | { toString(): string; __apiType?: ((variables: Variables) => Result) | undefined };

/** What was asked, as far as it is known. */
export interface QueryResult<Result> {
  data: Result | undefined;
  error: Error | null;
  /** Parts of the answer that are missing from it, each with why. */
  failures: readonly Failure[];
  /** Nothing is known yet. */
  isLoading: boolean;
  /** It is being asked anew. */
  isRefreshing: boolean;
  refetch: () => Promise<void>;
}

/** Asks the portal's graph, and keeps the answer fresh. */
export function useQuery<Result = unknown, Variables extends object = Record<string, unknown>>(
  document: Document<Result, Variables>,
  variables?: Variables,
  { isEnabled = true, refreshEvery }: { isEnabled?: boolean; refreshEvery?: number } = {},
): QueryResult<Result> {
  const { id } = useDrawnModule();
  const text = String(document) as TypedDocument<Result, object>;
  const { data, error, isPending, isFetching, refetch } = useCachedQuery({
    // A module's operations may be called as ours are.
    queryKey: ["Module", id, text, variables ?? {}],
    queryFn: (context) => fetchFor(context, text, variables ?? {}),
    enabled: isEnabled,
    ...(refreshEvery !== undefined && { refetchInterval: refreshEvery }),
  });
  return {
    data: data?.data,
    error,
    failures: data?.failures ?? [],
    isLoading: isPending && isEnabled,
    isRefreshing: isFetching && !isPending,
    refetch: async () => void (await refetch()),
  };
}

/** What changes something, and how that went. */
interface Mutation<Result, Variables> {
  /** Sends it, and throws what was refused; afterwards all that the page shows is fetched anew. */
  run: (variables: Variables) => Promise<Result>;
  isRunning: boolean;
  error: Error | null;
}

/** Changes something through the portal's graph. */
export function useMutation<Result = unknown, Variables extends object = Record<string, unknown>>(
  document: Document<Result, Variables>,
): Mutation<Result, Variables> {
  const { mutateAsync, isPending, error } = useOperation(String(document) as TypedDocument<Result, Variables>);
  return { run: mutateAsync, isRunning: isPending, error };
}

/** Listens to the portal's graph for as long as the component is shown; without variables, to nothing. */
export function useSubscription<Result = unknown, Variables extends object = Record<string, unknown>>(
  document: Document<Result, Variables>,
  variables: Variables | null,
  onNext: (result: Result) => void,
) {
  const queries = useQueryClient();
  useLiveSubscription(
    String(document) as TypedDocument<Result, Record<string, unknown>>,
    variables as Record<string, unknown> | null,
    // What may have been missed shows once it is fetched anew.
    { next: onNext, gap: () => void queries.invalidateQueries() },
  );
}
