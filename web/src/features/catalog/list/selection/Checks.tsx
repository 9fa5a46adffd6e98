import { useEffect, useRef } from "react";
import { toast } from "#ui/toasts.ts";
import { t } from "../messages.ts";
import { mostSelected, type Selectable, type Selection } from "./useSelection.ts";

function refuse() {
  toast(t("tooManySelected", { most: mostSelected }), "danger");
}

interface RowCheckProps {
  entity: Selectable;
  all: readonly Selectable[];
  selection: Selection;
}

/** Chooses a row; with Shift, all from the one before. */
export function RowCheck({ entity: { ref, displayName }, all, selection }: RowCheckProps) {
  return (
    <label>
      <input
        type="checkbox"
        aria-label={t("select", { name: displayName })}
        checked={selection.has(ref)}
        onChange={({ nativeEvent }) => {
          const isStretch = nativeEvent instanceof MouseEvent && nativeEvent.shiftKey;
          if (!selection.toggle({ ref, displayName }, all, isStretch)) refuse();
        }}
      />
    </label>
  );
}

/** Chooses every row in sight, or none. */
export function SelectAll({ rows, selection }: { rows: readonly Selectable[]; selection: Selection }) {
  const input = useRef<HTMLInputElement>(null);
  const count = rows.filter(({ ref }) => selection.has(ref)).length;
  const isAll = count > 0 && count === rows.length;
  useEffect(() => {
    if (input.current) input.current.indeterminate = count > 0 && !isAll;
  });
  return (
    <label>
      <input
        ref={input}
        type="checkbox"
        aria-label={t("selectAll")}
        checked={isAll}
        disabled={rows.length === 0}
        onChange={() => {
          const plain = rows.map(({ ref, displayName }) => ({ ref, displayName }));
          if (!selection.toggleAll(plain)) refuse();
        }}
      />
    </label>
  );
}
