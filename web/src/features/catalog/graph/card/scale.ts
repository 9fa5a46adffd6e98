import { type RefObject, useLayoutEffect, useRef, useState } from "react";

/** Smaller than this nothing can be read; what does not fit then is scrolled to. */
const least = 0.72;

/** How large something is drawn so that it fits into a place, never larger than it is. */
export function useScale(
  size: { width: number; height: number } | undefined,
): [place: RefObject<HTMLDivElement | null>, scale: number] {
  const place = useRef<HTMLDivElement>(null);
  const [scale, setScale] = useState(1);
  const { width, height } = size ?? { width: 1, height: 1 };
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const update = () => {
      const { paddingLeft, paddingTop } = getComputedStyle(element);
      const [inner, tall] = [
        element.clientWidth - 2 * Number.parseFloat(paddingLeft),
        element.clientHeight - 2 * Number.parseFloat(paddingTop),
      ];
      setScale(Math.max(least, Math.min(1, inner / width, tall / height)));
    };
    update();
    const observer = new ResizeObserver(update);
    observer.observe(element);
    return () => observer.disconnect();
  }, [width, height]);
  return [place, scale];
}
