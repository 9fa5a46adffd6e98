import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { destination } from "./chunks.ts";

const head = 33;
const foot = 48;

interface RowFocus {
  /** The rows that must not go while one scrolls elsewhere: the one that has the focus, and the one that gets it. */
  kept: readonly number[];
  /** The list has moved by so many rows. */
  shift: (rows: number) => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  onFocus: (event: FocusEvent<HTMLElement>) => void;
  onBlur: (event: FocusEvent<HTMLElement>) => void;
}

interface RowFocusProps {
  body: RefObject<HTMLTableSectionElement | null>;
  count: number;
  rowHeight: number;
  /** The row that it begins with. */
  start: number | null;
  onRow: (row: number | null) => void;
}

/** Walks a long list by the keyboard: a row that is not drawn yet gets the focus as soon as it is. */
export function useRowFocus({ body, count, rowHeight, start, onRow }: RowFocusProps): RowFocus {
  const [focused, setFocused] = useState(start);
  const [wanted, setWanted] = useState<number | null>(null);
  const isLeaving = useRef(false);
  useEffect(() => {
    if (wanted === null) return;
    const link = body.current?.querySelector<HTMLElement>(`tr[data-index="${wanted}"] [data-row-link]`);
    if (!link) return;
    link.focus({ preventScroll: true });
    setWanted(null);
  });
  const bringIntoSight = (row: number) => {
    const top = body.current?.getBoundingClientRect().top;
    if (top === undefined) return;
    // From the first row one sees what stands above it, too.
    if (row === 0) return window.scrollTo(0, 0);
    const [above, below] = [top + row * rowHeight - head, top + (row + 1) * rowHeight + foot - window.innerHeight];
    if (above < 0) window.scrollBy(0, above);
    else if (below > 0) window.scrollBy(0, below);
  };
  return {
    kept: [focused, wanted].filter((row) => row !== null),
    shift: (rows) => setFocused((row) => (row === null ? null : row + rows)),
    onKeyDown: (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const here = wanted ?? rowOf(event.target);
      if (here === null) return;
      const page = Math.max(1, Math.floor((window.innerHeight - head - foot) / rowHeight) - 1);
      const there = destination(event.key, here, count, page);
      if (there === undefined) return;
      event.preventDefault();
      setWanted(there);
      bringIntoSight(there);
    },
    onFocus: ({ target }) => {
      isLeaving.current = false;
      const row = rowOf(target);
      setFocused(row);
      onRow(row);
    },
    onBlur: ({ relatedTarget, currentTarget }) => {
      if (relatedTarget instanceof Node && currentTarget.contains(relatedTarget)) return;
      // Not at once: what takes the focus may have come from this very row, and give it back.
      isLeaving.current = true;
      requestAnimationFrame(() => isLeaving.current && document.activeElement !== document.body && setFocused(null));
    },
  };
}

function rowOf(target: EventTarget): number | null {
  const index = target instanceof Element ? target.closest<HTMLElement>("tr[data-index]")?.dataset.index : undefined;
  return index === undefined ? null : Number(index);
}
