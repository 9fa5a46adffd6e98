import { type RefObject, useEffect, useLayoutEffect, useState } from "react";
import { rowsInSight, type Stretch } from "./chunks.ts";

/** Until a row was measured. */
let lastHeight = 36;

/** Which rows of a long list the window shows, and how high each of them is. */
export function useRowsInSight(
  body: RefObject<HTMLTableSectionElement | null>,
  count: number,
): Stretch & { rowHeight: number } {
  const [rowHeight, setRowHeight] = useState(lastHeight);
  const [stretch, setStretch] = useState(() => rowsInSight({ top: 0, height: window.innerHeight, rowHeight }, count));
  useLayoutEffect(() => {
    // It depends on the density, the pointer and the zoom.
    const height = body.current?.querySelector("tr[data-index]")?.getBoundingClientRect().height ?? 0;
    if (height > 0 && Math.abs(height - lastHeight) > 0.01) lastHeight = height;
    setRowHeight(lastHeight);
  });
  useLayoutEffect(() => {
    const update = () => {
      const top = body.current?.getBoundingClientRect().top;
      if (top === undefined) return;
      const next = rowsInSight({ top, height: window.innerHeight, rowHeight }, count);
      setStretch((stretch) => (stretch.from === next.from && stretch.to === next.to ? stretch : next));
    };
    update();
    window.addEventListener("scroll", update, { passive: true });
    window.addEventListener("resize", update);
    return () => {
      window.removeEventListener("scroll", update);
      window.removeEventListener("resize", update);
    };
  }, [body, rowHeight, count]);
  useEffect(() => {
    // Rows come and go above what one reads: the browser must not take that for a page that grows there.
    document.documentElement.style.overflowAnchor = "none";
    return () => {
      document.documentElement.style.overflowAnchor = "";
    };
  }, []);
  return { ...stretch, rowHeight };
}
