import { useRef } from "react";
import { selectedRange } from "./selectedRange.ts";
import type { RowSelection, Selectable, Selection } from "./useSelection.ts";

/** Chooses rows of a page. */
export function usePageSelection(selection: Selection, page: readonly Selectable[]): RowSelection {
  const last = useRef<string | null>(null);
  const rows = page.map(({ ref, displayName }) => ({ ref, displayName }));
  const count = rows.filter(({ ref }) => selection.has(ref)).length;
  const isAll = count > 0 && count === rows.length;
  return {
    has: selection.has,
    state: isAll ? "all" : count > 0 ? "some" : "none",
    toggle: ({ ref, displayName }, _index, isStretch) => {
      const stretch = isStretch ? selectedRange(rows, last.current, ref) : [{ ref, displayName }];
      last.current = ref;
      return selection.set(stretch, !selection.has(ref));
    },
    toggleAll: () => selection.set(rows, !isAll),
  };
}
