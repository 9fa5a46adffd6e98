import { type RefObject, useEffect } from "react";

/** Less than this is a click. */
const slack = 4;

/** Lets a mouse drag what does not fit into its place; fingers and wheels scroll it by themselves. */
export function useDragged(place: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let from: { x: number; y: number; left: number; top: number } | null = null;
    let isDragged = false;
    const begin = ({ pointerType, button, clientX, clientY }: PointerEvent) => {
      if (pointerType !== "mouse" || button !== 0) return;
      isDragged = false;
      from = { x: clientX, y: clientY, left: element.scrollLeft, top: element.scrollTop };
    };
    const move = ({ clientX, clientY, pointerId }: PointerEvent) => {
      if (!from) return;
      const [x, y] = [clientX - from.x, clientY - from.y];
      if (!isDragged && Math.hypot(x, y) < slack) return;
      if (!isDragged) element.setPointerCapture(pointerId);
      isDragged = true;
      element.scrollLeft = from.left - x;
      element.scrollTop = from.top - y;
    };
    const end = () => {
      from = null;
    };
    // Whoever has dragged did not mean the link that they took hold of.
    const click = (event: MouseEvent) => {
      if (!isDragged) return;
      isDragged = false;
      event.preventDefault();
      event.stopPropagation();
    };
    element.addEventListener("pointerdown", begin);
    element.addEventListener("pointermove", move);
    element.addEventListener("pointerup", end);
    element.addEventListener("pointercancel", end);
    element.addEventListener("click", click, { capture: true });
    return () => {
      element.removeEventListener("pointerdown", begin);
      element.removeEventListener("pointermove", move);
      element.removeEventListener("pointerup", end);
      element.removeEventListener("pointercancel", end);
      element.removeEventListener("click", click, { capture: true });
    };
  }, [place]);
}
