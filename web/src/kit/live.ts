import { useEffect, useEffectEvent } from "react";
import type { TypedDocument } from "#lib/graphql/document.ts";
import { type LiveListener, subscribe } from "#lib/graphql/live.ts";

/**
 * Listens to a subscription for as long as the component is shown and the tab is seen; without variables, to nothing.
 * `gap` is for fetching anew what may have changed unheard.
 */
export function useSubscription<Result, Variables extends Record<string, unknown>>(
  document: TypedDocument<Result, Variables>,
  variables: Variables | null,
  { next, gap }: LiveListener<Result>,
) {
  const onNext = useEffectEvent(next);
  const onGap = useEffectEvent(gap);
  const key = variables && JSON.stringify(variables);
  useEffect(() => {
    if (key === null) return;
    return subscribe(document, JSON.parse(key) as Variables, {
      next: (result) => onNext(result),
      gap: () => onGap(),
    });
  }, [document, key]);
}
