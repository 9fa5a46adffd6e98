import { useSyncExternalStore } from "react";

/** A sentence that shows for a moment. */
export interface ToastMessage {
  id: number;
  text: string;
  tone: "ok" | "danger";
}

const duration = 6000;
const listeners = new Set<() => void>();
let messages: readonly ToastMessage[] = [];
let next = 0;

function change(to: readonly ToastMessage[]) {
  messages = to;
  for (const listener of listeners) listener();
}

/** Says in a corner of the page that something was done, or failed. */
export function toast(text: string, tone: ToastMessage["tone"] = "ok") {
  const message = { id: ++next, text, tone };
  change([...messages.slice(-2), message]);
  setTimeout(() => dismiss(message.id), duration);
}

/** Puts a message away. */
export function dismiss(id: number) {
  change(messages.filter((message) => message.id !== id));
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
