import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let text: string | null = null;

function change(to: string | null) {
  text = to;
  for (const listener of listeners) listener();
}

/** Opens the palette, with something typed into it already. */
export function openPalette(typed = "") {
  change(typed);
}

/** Puts the palette away. */
export function closePalette() {
  change(null);
}

/** What the palette was opened with; null while it is closed. */
export function useOpenPalette(): string | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => text,
  );
}
