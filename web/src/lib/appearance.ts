import { useSyncExternalStore } from "react";

/** What `theme/early.js` reads again before the next first paint. */
export interface Appearance {
  theme: "system" | "light" | "dark";
  rail: "expanded" | "collapsed";
  /** How much room a row and a control take. */
  density: "comfortable" | "compact";
  /** Whether single keys do something; with Control they always do. */
  shortcuts: "on" | "off";
}

const usual: Appearance = { theme: "system", rail: "expanded", density: "comfortable", shortcuts: "on" };
const key = "callboard.appearance";
const listeners = new Set<() => void>();
let appearance = read();

/** From the element, where the script that ran before the first paint has put it. */
function read(): Appearance {
  const { theme, rail, density, shortcuts } = document.documentElement.dataset;
  return {
    theme: theme === "light" || theme === "dark" ? theme : "system",
    rail: rail === "collapsed" ? "collapsed" : "expanded",
    density: density === "compact" ? "compact" : "comfortable",
    shortcuts: shortcuts === "off" ? "off" : "on",
  };
}

/** Changes how the portal looks, now and on the next visit. */
export function setAppearance(change: Partial<Appearance>) {
  appearance = { ...appearance, ...change };
  const { dataset } = document.documentElement;
  for (const name of Object.keys(usual) as (keyof Appearance)[]) {
    if (appearance[name] === usual[name]) delete dataset[name];
    else dataset[name] = appearance[name];
  }
  try {
    localStorage.setItem(key, JSON.stringify(appearance));
  } catch {
    // Storage is off: it holds until the page is closed.
  }
  for (const listener of listeners) listener();
}

/** How the portal looks at this moment. */
export function currentAppearance(): Appearance {
  return appearance;
}

/** The same, for as long as something is shown. */
export function useAppearance(): Appearance {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, currentAppearance);
}
