import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let isOpen = false;

/** Shows, or puts away, the sheet that lists the shortcuts. */
export function showShortcuts(to: boolean) {
  isOpen = to;
  for (const listener of listeners) listener();
}

/** Whether that sheet is open. */
export function useShortcutsShown(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isOpen,
  );
}
