import { useState } from "react";
import { selectedRange } from "./selectedRange.ts";

/** How many rows can be chosen at once: what one asks the server for all of them must not be too much for it. */
export const mostSelected = 200;

/** One that can be chosen. */
export interface Selectable {
  ref: string;
  displayName: string;
}

/** The rows that are chosen, on whatever page they are. */
export interface Selection {
  rows: readonly Selectable[];
  has: (ref: string) => boolean;
  /** Chooses a row, or chooses it no more; with the rows from the last one on, where `isStretch`. False: too many. */
  toggle: (row: Selectable, all: readonly Selectable[], isStretch: boolean) => boolean;
  /** Chooses all of these, or none of them. False: too many. */
  toggleAll: (rows: readonly Selectable[]) => boolean;
  clear: () => void;
}

/** Which rows of a list are chosen; of another list none is. */
export function useSelection(list: string): Selection {
  const [state, setState] = useState<{ list: string; rows: readonly Selectable[]; last: string | null }>({
    list,
    rows: [],
    last: null,
  });
  const rows = state.list === list ? state.rows : [];
  const last = state.list === list ? state.last : null;
  const has = (ref: string) => rows.some((row) => row.ref === ref);
  const set = (next: readonly Selectable[], to: string | null) => {
    if (next.length > mostSelected) return false;
    setState({ list, rows: next, last: to });
    return true;
  };
  const without = (gone: readonly Selectable[]) => rows.filter(({ ref }) => !gone.some((row) => row.ref === ref));
  return {
    rows,
    has,
    toggle: (row, all, isStretch) => {
      const stretch = isStretch ? selectedRange(all, last, row.ref) : [row];
      const rest = without(stretch);
      return set(has(row.ref) ? rest : [...rest, ...stretch], row.ref);
    },
    toggleAll: (all) => set(all.every(({ ref }) => has(ref)) ? without(all) : [...without(all), ...all], null),
    clear: () => void set([], null),
  };
}
