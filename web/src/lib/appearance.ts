import { useSyncExternalStore } from "react";

/** What `theme/early.js` reads again before the next first paint. */
export interface Appearance {
  theme: "system" | "light" | "dark";
  rail: "expanded" | "collapsed";
}

const key = "callboard.appearance";
const listeners = new Set<() => void>();
let appearance = read();

function read(): Appearance {
  const { theme, rail } = document.documentElement.dataset;
  return {
    theme: theme === "light" || theme === "dark" ? theme : "system",
    rail: rail === "collapsed" ? "collapsed" : "expanded",
  };
}

/** Changes how the portal looks, now and on the next visit. */
export function setAppearance(change: Partial<Appearance>) {
  appearance = { ...appearance, ...change };
  const { dataset } = document.documentElement;
  if (appearance.theme === "system") delete dataset.theme;
  else dataset.theme = appearance.theme;
  if (appearance.rail === "expanded") delete dataset.rail;
  else dataset.rail = appearance.rail;
  try {
    localStorage.setItem(key, JSON.stringify(appearance));
  } catch {
    // Storage is off: it holds until the page is closed.
  }
  for (const listener of listeners) listener();
}

/** How the portal looks. */
export function useAppearance(): Appearance {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => appearance,
  );
}
