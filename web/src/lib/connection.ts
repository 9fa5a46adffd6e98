import { useSyncExternalStore } from "react";
import { type Connection, connectionOf, type Signals } from "./connectionState.ts";

const listeners = new Set<() => void>();
let signals: Signals = { isOffline: false, isUnreachable: false, isSilent: false };
let connection = connectionOf(signals);

function note(change: Partial<Signals>) {
  signals = { ...signals, ...change };
  const now = connectionOf(signals);
  if (now === connection) return;
  connection = now;
  for (const listener of listeners) listener();
}

/** Remembers whether a request reached the server. */
export function noteReached(isReached: boolean) {
  note({ isUnreachable: !isReached });
}

/** Remembers whether live changes are heard, where somebody listens. */
export function noteHeard(isHeard: boolean) {
  note({ isSilent: !isHeard });
}

/** Hears from the device whether it has a network. */
function watchDevice(): () => void {
  const update = () => note({ isOffline: !navigator.onLine });
  update();
  window.addEventListener("offline", update);
  window.addEventListener("online", update);
  return () => {
    window.removeEventListener("offline", update);
    window.removeEventListener("online", update);
  };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  const stop = watchDevice();
  return () => {
    stop();
    listeners.delete(listener);
  };
}

/** How the way to the server is now. */
export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, () => connection);
}
