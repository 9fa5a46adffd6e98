import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let hasEnded = false;

/** Remembers that the server no longer knows who asks. It does again after a sign-in, on a page that is loaded anew. */
export function noteSessionEnd() {
  if (hasEnded) return;
  hasEnded = true;
  for (const listener of listeners) listener();
}

/** Whether the server has stopped to know who asks since the page was opened. */
export function useSessionEnd(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => hasEnded,
  );
}
