import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let hasEnded = false;

/** Remembers that the server no longer knows who asks. */
export function noteSessionEnd() {
  change(true);
}

/** Remembers that the server knows whoever reads again, as when they signed in in another window. */
export function noteSessionBack() {
  change(false);
}

/** Whether the server has stopped to know who asks since the page was opened. */
export function hasSessionEnded(): boolean {
  return hasEnded;
}

/** The same, for as long as something is shown. */
export function useSessionEnd(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, hasSessionEnded);
}

function change(to: boolean) {
  if (hasEnded === to) return;
  hasEnded = to;
  for (const listener of listeners) listener();
}

const lossListeners = new Set<() => void>();

/** Tells that the session is over with which the page was opened: who asks may be the guest by now, or nobody. */
export function noteSessionLoss() {
  for (const listener of lossListeners) listener();
}

/** Calls back when the session of the page is over; what it gives ends that. */
export function onSessionLoss(listener: () => void): () => void {
  lossListeners.add(listener);
  return () => lossListeners.delete(listener);
}
