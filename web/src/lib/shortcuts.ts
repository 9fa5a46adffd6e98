import { useEffect, useEffectEvent } from "react";

const sequencePause = 1000;
let pending = "";
let pendingSince = 0;

/** Runs `action` when the keys are pressed outside a text field: one key (`/`), or two after one another (`g c`). */
export function useShortcut(keys: string, action: () => void) {
  const run = useEffectEvent(action);
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const prefix = event.timeStamp - pendingSince < sequencePause ? pending : "";
      const isWhole = keys === event.key || (prefix !== "" && keys === `${prefix} ${event.key}`);
      if (!isWhole) return;
      event.preventDefault();
      run();
    };
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, [keys]);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button"].includes(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

// After every other listener of the same press, so that a press is the start of a sequence only for the next one.
window.addEventListener("keydown", (event) => {
  if (event.key === "Shift" || isTyping(event.target)) return;
  pending = event.key;
  pendingSince = event.timeStamp;
});
