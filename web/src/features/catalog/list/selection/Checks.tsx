import { useEffect, useRef } from "react";
import { reason } from "#lib/graphql/failure.ts";
import { toast } from "#ui/toasts.ts";
import { t } from "../messages.ts";
import { mostSelected, type RowSelection, type Selectable } from "./useSelection.ts";

/** Says why nothing was chosen, if nothing was. */
async function tell(outcome: boolean | Promise<boolean>) {
  try {
    if (!(await outcome)) toast(t("tooManySelected", { most: mostSelected }), "danger");
  } catch (error) {
    toast(t("notSelected", { reason: reason(error) }), "danger");
  }
}

interface RowCheckProps {
  entity: Selectable;
  index: number | undefined;
  selection: RowSelection;
}

/** Chooses a row; with Shift, all from the one before. */
export function RowCheck({ entity: { ref, displayName }, index, selection }: RowCheckProps) {
  return (
    <label>
      <input
        type="checkbox"
        aria-label={t("select", { name: displayName })}
        checked={selection.has(ref)}
        onChange={({ nativeEvent }) => {
          const isStretch = nativeEvent instanceof MouseEvent && nativeEvent.shiftKey;
          void tell(selection.toggle({ ref, displayName }, index, isStretch));
        }}
      />
    </label>
  );
}

/** Chooses every row that the table stands for, or none. */
export function SelectAll({ selection }: { selection: RowSelection }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current) input.current.indeterminate = selection.state === "some";
  });
  return (
    <label>
      <input
        ref={input}
        type="checkbox"
        aria-label={t("selectAll")}
        checked={selection.state === "all"}
        onChange={() => void tell(selection.toggleAll())}
      />
    </label>
  );
}
