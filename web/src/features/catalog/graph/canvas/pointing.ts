import { createContext, use, useSyncExternalStore } from "react";

/** What the pointer and the keyboard are at. */
export interface Pointed {
  /** The node or the relation under the pointer. */
  hovered: string | null;
  /** The node that the keyboard is at. */
  focused: string | null;
  /** The node that the keyboard comes to. */
  active: string | null;
  /** The node that was chosen. */
  selected: string | null;
}

/** Keeps what is pointed at, so that only what changes by it is drawn again. */
export function createPointing() {
  const listeners = new Set<() => void>();
  let pointed: Pointed = { hovered: null, focused: null, active: null, selected: null };
  return {
    current: () => pointed,
    change: (change: Partial<Pointed>) => {
      pointed = { ...pointed, ...change };
      for (const listener of listeners) listener();
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Where it is kept for one canvas. */
export const PointingContext = createContext(createPointing());

/** What follows from what is pointed at. */
export function usePointed<Result>(select: (pointed: Pointed) => Result): Result {
  const { subscribe, current } = use(PointingContext);
  return useSyncExternalStore(subscribe, () => select(current()));
}
