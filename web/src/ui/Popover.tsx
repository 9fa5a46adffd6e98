import { type ReactNode, useId, useRef } from "react";
import { type ButtonLook, buttonClass } from "./Button.tsx";
import styles from "./Floating.module.css";
import { placeElement } from "./place.ts";

interface PopoverProps extends ButtonLook {
  label: string;
  trigger: ReactNode;
  children: ReactNode;
}

/** A button that opens a box beside it; Escape, or a click elsewhere, closes it. */
export function Popover({ label, trigger, children, ...look }: PopoverProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button ref={button} type="button" className={buttonClass(look)} popoverTarget={id} aria-label={label}>
        {trigger}
      </button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only watches over the links inside it */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a link that is followed by the keyboard is clicked, too */}
      <div
        id={id}
        popover="auto"
        className={`${styles.floating} ${styles.menu}`}
        onClick={({ currentTarget, target }) => {
          // Whoever follows a link in it, or chooses from it, is done with it.
          if (target instanceof Element && target.closest("a[href], [data-menu-item]")) currentTarget.hidePopover();
        }}
        onToggle={(event) => {
          if (event.newState === "open" && button.current) placeElement(event.currentTarget, button.current, "end");
        }}
      >
        {children}
      </div>
    </>
  );
}
