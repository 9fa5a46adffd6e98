import { type RefObject, useEffect } from "react";

interface Place {
  element: Element;
  /** Which of the controls inside it had the focus. */
  position: number;
}

const controls =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]';

/**
 * Keeps the keyboard where it was when the control that it was on goes, as with the row that its button has removed: it
 * goes on at the control that takes its place, or the nearest before it.
 */
export function useKeptFocus(main: RefObject<HTMLElement | null>) {
  useEffect(() => {
    let places: Place[] = [];
    const note = ({ target }: FocusEvent) => {
      places = target instanceof Element && main.current?.contains(target) ? placesOf(target, main.current) : [];
    };
    const mend = () => {
      const [own, ...around] = places;
      if (!own || own.element.isConnected || document.activeElement !== document.body) return;
      places = [];
      for (const { element, position } of around) {
        const there = element.isConnected ? controlsIn(element) : [];
        const next = there[Math.min(Math.max(position, 0), there.length - 1)];
        if (next) return next.focus({ preventScroll: true });
      }
      main.current?.focus({ preventScroll: true });
    };
    // A dialog that closes gives the focus back by itself, before the next frame.
    const observer = new MutationObserver(() => {
      if (places[0] && !places[0].element.isConnected) requestAnimationFrame(mend);
    });
    observer.observe(document.body, { childList: true, subtree: true });
    document.addEventListener("focusin", note);
    return () => {
      observer.disconnect();
      document.removeEventListener("focusin", note);
    };
  }, [main]);
}

/** Where an element is, from itself outwards. */
function placesOf(target: Element, main: Element): Place[] {
  const places: Place[] = [];
  for (
    let element: Element | null = target;
    element && element !== main.parentElement;
    element = element.parentElement
  ) {
    places.push({ element, position: controlsIn(element).indexOf(target as HTMLElement) });
  }
  return places;
}

function controlsIn(element: Element): HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>(controls)].filter((one) => one.checkVisibility());
}
