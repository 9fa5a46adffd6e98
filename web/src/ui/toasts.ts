import { useSyncExternalStore } from "react";

/** A sentence that shows for a moment. */
export interface ToastMessage {
  id: number;
  text: string;
  tone: "ok" | "danger";
  /** Takes back what was done. */
  undo?: () => void;
}

const duration = 6000;
/** What can be taken back stays until one has read it and found the button. */
const undoDuration = 12_000;

const listeners = new Set<() => void>();
const timers = new Map<number, ReturnType<typeof setTimeout>>();
let messages: readonly ToastMessage[] = [];
let next = 0;

function change(to: readonly ToastMessage[]) {
  messages = to;
  for (const listener of listeners) listener();
}

/** Says in a corner of the page that something was done, or failed. */
export function toast(text: string, tone: ToastMessage["tone"] = "ok", { undo }: { undo?: () => void } = {}) {
  const message = { id: ++next, text, tone, ...(undo && { undo }) };
  change([...messages.slice(-2), message]);
  start(message);
}

function start({ id, undo }: ToastMessage) {
  clearTimeout(timers.get(id));
  timers.set(
    id,
    setTimeout(() => dismiss(id), undo ? undoDuration : duration),
  );
}

/** Puts a message away. */
export function dismiss(id: number) {
  clearTimeout(timers.get(id));
  timers.delete(id);
  change(messages.filter((message) => message.id !== id));
}

/** Keeps all messages for as long as somebody reads them, and lets them go later. */
export function holdToasts(isHeld: boolean) {
  for (const message of messages) {
    if (isHeld) clearTimeout(timers.get(message.id));
    else start(message);
  }
}

/** What is being said. */
export function useToasts(): readonly ToastMessage[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => messages,
  );
}
