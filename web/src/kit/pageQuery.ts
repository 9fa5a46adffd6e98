import { useEffect, useSyncExternalStore } from "react";
/** An operation that a page shows the answer of. */
export interface PageQuery {
  name: string;
  document: string;
  variables: unknown;
}

let declared: readonly PageQuery[] = [];
const listeners = new Set<() => void>();

function declare(change: (queries: readonly PageQuery[]) => readonly PageQuery[]) {
  declared = change(declared);
  for (const listener of listeners) listener();
}

/** What `operation` gives. */
interface Operation {
  queryKey: readonly [name: string, variables: unknown];
  meta?: Record<string, unknown> | undefined;
}

/** Says that the page shows the answer of an operation, for those who would like to ask it themselves. */
export function usePageQuery({ queryKey: [name, variables], meta }: Operation) {
  const document = String(meta?.document ?? "");
  const written = JSON.stringify(variables);
  useEffect(() => {
    const query = { name, document, variables: JSON.parse(written) };
    declare((queries) => [...queries, query]);
    return () => declare((queries) => queries.filter((one) => one !== query));
  }, [name, document, written]);
}

/** The operations that the page shows the answers of. */
export function usePageQueries(): readonly PageQuery[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => declared,
  );
}
