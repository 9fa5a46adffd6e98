import type { KeyboardEvent, PointerEvent } from "react";
import styles from "../CatalogTable.module.css";
import { t } from "../messages.ts";
import { leastShare, usualShares, type WideColumn } from "./shares.ts";
import type { ColumnWidths } from "./useShares.ts";

const steps: Record<string, number> = { ArrowLeft: -2, ArrowRight: 2 };

/** The edge between a column and the next: dragged, or moved by the arrow keys, one grows as the other shrinks. */
export function Resizer({ column, title, widths }: { column: WideColumn; title: string; widths: ColumnWidths }) {
  const start = (event: PointerEvent<HTMLElement>) => {
    const other = nextColumn(event.currentTarget);
    const width = event.currentTarget.closest("table")?.getBoundingClientRect().width;
    if (event.button !== 0 || !other || !width) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.dataset.start = String(event.clientX);
  };
  const drag = (event: PointerEvent<HTMLElement>) => {
    const from = event.currentTarget.dataset.start;
    const other = nextColumn(event.currentTarget);
    const width = event.currentTarget.closest("table")?.getBoundingClientRect().width;
    if (from === undefined || !other || !width) return;
    widths.trade(column, other, ((event.clientX - Number(from)) / width) * 100);
  };
  const end = ({ currentTarget }: PointerEvent<HTMLElement>) => {
    if (currentTarget.dataset.start === undefined) return;
    delete currentTarget.dataset.start;
    widths.keep();
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const step = steps[event.key];
    const other = nextColumn(event.currentTarget);
    if (step === undefined || !other) return;
    event.preventDefault();
    widths.step(column, other, step);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule does not take the focus
    <span
      role="separator"
      className={styles.resizer}
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t("widthOf", { column: title })}
      aria-valuenow={Math.round(widths.shares[column])}
      aria-valuemin={leastShare}
      aria-valuemax={100}
      title={t("widthOf", { column: title })}
      onPointerDown={start}
      onPointerMove={drag}
      onPointerUp={end}
      onPointerCancel={end}
      onKeyDown={press}
      onDoubleClick={(event) => {
        const other = nextColumn(event.currentTarget);
        if (other) widths.step(column, other, usualShares[column] - widths.shares[column]);
      }}
    />
  );
}

/** The column at the right of an edge that is shown: narrow tables leave some out. */
function nextColumn(edge: HTMLElement): WideColumn | undefined {
  let head = edge.closest("th")?.nextElementSibling;
  while (head instanceof HTMLElement && head.offsetWidth === 0) head = head.nextElementSibling;
  return head instanceof HTMLElement ? (head.dataset.column as WideColumn | undefined) : undefined;
}
