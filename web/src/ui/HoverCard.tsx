import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import styles from "./Floating.module.css";
import { placeElement } from "./place.ts";

const openDelay = 350;
const closeDelay = 120;

/** Shows `content` beside what it wraps when someone lingers on it or focuses it; Escape puts it away. */
export function HoverCard({ content, children }: { content: () => ReactNode; children: ReactNode }) {
  const anchor = useRef<HTMLSpanElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const schedule = (open: boolean) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setIsOpen(open), open ? openDelay : closeDelay);
  };
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !isOpen) return;
    event.stopPropagation();
    clearTimeout(timer.current);
    setIsOpen(false);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches over the link inside it
    <span
      ref={anchor}
      className={styles.anchor}
      onPointerEnter={(event) => event.pointerType === "mouse" && schedule(true)}
      onPointerLeave={() => schedule(false)}
      onFocus={(event) => event.target.matches(":focus-visible") && schedule(true)}
      onBlur={() => schedule(false)}
      onKeyDown={closeOnEscape}
    >
      {children}
      {isOpen && <Floating anchor={anchor}>{content()}</Floating>}
    </span>
  );
}

function Floating({ anchor, children }: { anchor: React.RefObject<HTMLElement | null>; children: ReactNode }) {
  const box = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    element.showPopover();
    const update = () => anchor.current && placeElement(element, anchor.current);
    update();
    const observer = new ResizeObserver(update);
    observer.observe(element);
    return () => observer.disconnect();
  }, [anchor]);
  return (
    <span ref={box} popover="manual" role="tooltip" className={`${styles.floating} ${styles.hover}`}>
      {children}
    </span>
  );
}
