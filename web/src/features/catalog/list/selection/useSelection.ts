import { useState } from "react";

/** How many rows can be chosen at once: what one asks the server for all of them must not be too much for it. */
export const mostSelected = 200;

/** One that can be chosen. */
export interface Selectable {
  ref: string;
  displayName: string;
}

/** The rows that are chosen, wherever in the list they are. */
export interface Selection {
  rows: readonly Selectable[];
  has: (ref: string) => boolean;
  /** Chooses these, or chooses them no more. False: they would be too many. */
  set: (rows: readonly Selectable[], isChosen: boolean) => boolean;
  clear: () => void;
}

/** How rows are chosen in a table. Each act tells false where that would be too many. */
export interface RowSelection {
  has: (ref: string) => boolean;
  /** How much of what the table stands for is chosen. */
  state: "none" | "some" | "all";
  /** Chooses a row, or chooses it no more; with the rows from the last one on, where `isStretch`. */
  toggle: (row: Selectable, index: number | undefined, isStretch: boolean) => boolean | Promise<boolean>;
  /** Chooses all that the table stands for, or nothing of it. */
  toggleAll: () => boolean | Promise<boolean>;
}

/** Which rows of a list are chosen; of another list none is. */
export function useSelection(list: string): Selection {
  const [state, setState] = useState<{ list: string; rows: readonly Selectable[] }>({ list, rows: [] });
  const rows = state.list === list ? state.rows : [];
  return {
    rows,
    has: (ref) => rows.some((row) => row.ref === ref),
    set: (changed, isChosen) => {
      const others = rows.filter(({ ref }) => !changed.some((row) => row.ref === ref));
      const next = isChosen ? [...others, ...changed] : others;
      if (next.length > mostSelected) return false;
      setState({ list, rows: next });
      return true;
    },
    clear: () => setState({ list, rows: [] }),
  };
}
