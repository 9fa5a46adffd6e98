import { useEffect, useSyncExternalStore } from "react";
import type { EntityChipFragment } from "./entity/EntityChip.generated.ts";
import { added, readRecents } from "./recentList.ts";
import { useViewer } from "./viewer.ts";

/** Something that was visited not long ago. */
export type Recent = Pick<EntityChipFragment, "ref" | "kind" | "displayName">;

// Each reader of a browser that several share has a list of their own.
const prefix = "callboard.recent.";
const listeners = new Set<() => void>();
const lists = new Map<string, readonly Recent[]>();
const none: readonly Recent[] = [];

function listOf(reader: string): readonly Recent[] {
  const known = lists.get(reader);
  if (known) return known;
  const read = readRecents(stored(prefix + reader));
  lists.set(reader, read);
  return read;
}

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function change(reader: string, list: readonly Recent[]) {
  lists.set(reader, list);
  try {
    localStorage.setItem(prefix + reader, JSON.stringify(list));
  } catch {
    // Storage is off: it is remembered until the page is closed.
  }
  for (const listener of listeners) listener();
}

// What was visited in another tab was visited as well.
window.addEventListener("storage", ({ key }) => {
  if (!key?.startsWith(prefix)) return;
  lists.delete(key.slice(prefix.length));
  for (const listener of listeners) listener();
});

function useReader(): string {
  return useViewer()?.ref ?? "";
}

/** The entities that the reader visited, the last first. */
export function useRecents(): readonly Recent[] {
  const reader = useReader();
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => (reader === "" ? none : listOf(reader)),
  );
}

/** Remembers that the reader looks at an entity. */
export function useVisit({ ref, kind, displayName }: Recent) {
  const reader = useReader();
  useEffect(() => {
    if (reader !== "") change(reader, added(listOf(reader), { ref, kind, displayName }));
  }, [reader, ref, kind, displayName]);
}

/** Forgets what the reader visited; what it gives takes that back. */
export function useForgetRecents(): () => () => void {
  const reader = useReader();
  return () => {
    const before = listOf(reader);
    change(reader, none);
    return () => change(reader, before);
  };
}
