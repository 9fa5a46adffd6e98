import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { currentAppearance } from "./appearance.ts";
import { isCharacter, type Shortcut, shortcutFor } from "./shortcutKeys.ts";

const sequencePause = 1000;
const listeners = new Set<() => void>();
let shortcuts: readonly Shortcut[] = [];
let before = "";
let pressedAt = 0;

function change(to: readonly Shortcut[]) {
  shortcuts = to;
  for (const listener of listeners) listener();
}

function add(shortcut: Shortcut): () => void {
  change([...shortcuts, shortcut]);
  return () => change(shortcuts.filter((one) => one !== shortcut));
}

interface ShortcutOptions {
  /** What it does, for the sheet that lists them. */
  title?: string;
  scope?: Shortcut["scope"];
  isFallback?: boolean;
}

/**
 * Runs `action` when the keys are pressed outside a text field and no dialog is open: one key (`/`), or two after one
 * another (`g c`). With Control or Command (`mod+k`) they are heard in a text field as well.
 */
export function useShortcut(keys: string, action: () => void, options: ShortcutOptions = {}) {
  const { title, scope = "page", isFallback = false } = options;
  const run = useEffectEvent(action);
  useEffect(() => add({ keys, title, scope, isFallback, run: () => run() }), [keys, title, scope, isFallback]);
}

/** Lists keys that something on the page hears by itself, as a table its arrows. */
export function useListedShortcut(keys: string, title: string) {
  useEffect(() => add({ keys, title, scope: "page", isFallback: false }), [keys, title]);
}

/** The shortcuts that are there now. */
export function useShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shortcuts,
  );
}

/** Whether the keyboard at hand has a Command key. */
export function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button"].includes(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

document.addEventListener("keydown", (event) => {
  const isCommand = isApple() ? event.metaKey : event.ctrlKey;
  if (event.defaultPrevented || event.altKey || event.key === "Shift") return;
  if ((event.ctrlKey || event.metaKey) && !isCommand) return;
  if (isTyping(event.target) && !isCommand) return;
  const previous = event.timeStamp - pressedAt < sequencePause ? before : "";
  // A press that ends one sequence may begin the next.
  before = isCommand ? "" : event.key;
  pressedAt = event.timeStamp;
  const shortcut = shortcutFor(shortcuts, { key: event.key, isCommand }, previous);
  if (!shortcut?.run || document.querySelector("dialog:modal")) return;
  if (currentAppearance().shortcuts === "off" && isCharacter(shortcut.keys)) return;
  event.preventDefault();
  shortcut.run();
});
