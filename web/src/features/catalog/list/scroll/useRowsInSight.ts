import { type RefObject, useEffect, useLayoutEffect, useState } from "react";
import { rowsInSight } from "./positions.ts";

const spare = 12;
/** Until a row was measured. */
let lastHeight = 36;

/** Which rows of a long list the window shows, and how high one is. */
export function useRowsInSight(body: RefObject<HTMLTableSectionElement | null>, count: number) {
  const [rowHeight, setRowHeight] = useState(lastHeight);
  const [range, setRange] = useState({
    from: 0,
    to: Math.min(count, Math.ceil(window.innerHeight / rowHeight) + spare),
  });
  useLayoutEffect(() => {
    const row = body.current?.querySelector("tr:not([aria-hidden])");
    const height = row?.getBoundingClientRect().height ?? 0;
    if (height > 0 && Math.abs(height - lastHeight) > 0.01) {
      lastHeight = height;
      setRowHeight(height);
    }
  });
  useEffect(() => {
    const update = () => {
      const top = body.current?.getBoundingClientRect().top;
      if (top === undefined) return;
      const next = rowsInSight({ top, height: window.innerHeight, rowHeight, count }, spare);
      setRange((range) => (range.from === next.from && range.to === next.to ? range : next));
    };
    update();
    document.addEventListener("scroll", update, { capture: true, passive: true });
    window.addEventListener("resize", update);
    return () => {
      document.removeEventListener("scroll", update, { capture: true });
      window.removeEventListener("resize", update);
    };
  }, [body, rowHeight, count]);
  return { from: Math.min(range.from, count), to: Math.min(range.to, count), rowHeight };
}
