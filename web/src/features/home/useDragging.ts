import { type PointerEvent, useState } from "react";

/**
 * Moves boxes by their handle, with a mouse, a pen or a finger: a box takes the place of the one that is under the
 * pointer. Escape puts it back where it was. What is dragged is the element with that `data-widget`.
 */
export function useDragging(onMove: (id: string, to: string) => void, onCancel: () => void) {
  const [dragged, setDragged] = useState<string | null>(null);
  const start = (id: string, event: PointerEvent) => {
    if (event.button !== 0) return;
    event.preventDefault();
    (event.currentTarget as HTMLElement).focus();
    setDragged(id);
    let last = "";
    const move = ({ clientX, clientY }: globalThis.PointerEvent) => {
      const under = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>("[data-widget]");
      const to = under?.dataset.widget ?? "";
      // The box that has just made room lies under the pointer still: it is passed once, not back and forth.
      if (to === last) return;
      last = to;
      if (to !== "" && to !== id) onMove(id, to);
    };
    const end = () => {
      setDragged(null);
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", end);
      window.removeEventListener("pointercancel", end);
      window.removeEventListener("keydown", cancel, true);
    };
    const cancel = (pressed: KeyboardEvent) => {
      if (pressed.key !== "Escape") return;
      pressed.stopPropagation();
      onCancel();
      end();
    };
    // Not on the handle: it moves in the page with its box.
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", end);
    window.addEventListener("pointercancel", end);
    window.addEventListener("keydown", cancel, true);
  };
  return { dragged, start };
}
