import { Columns2, GripVertical, RectangleVertical, X } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from "react";
import { Button } from "#ui/Button.tsx";
import styles from "./HomePage.module.css";
import { t } from "./messages.ts";
import type { Shown } from "./useLayout.ts";
import { Widget } from "./Widget.tsx";

const steps: Record<string, number> = {
  ArrowLeft: -1,
  ArrowUp: -1,
  ArrowRight: 1,
  ArrowDown: 1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

interface ArrangedWidgetProps {
  widget: Shown;
  isDragged: boolean;
  onDrag: (event: PointerEvent) => void;
  /** Moves it by so many places. */
  onStep: (step: number) => void;
  onResize: () => void;
  onRemove: () => void;
}

/** A box while the page is arranged: a handle to move it by, its width, and the way out. */
export function ArrangedWidget({ widget, isDragged, onDrag, onStep, onResize, onRemove }: ArrangedWidgetProps) {
  const handle = useRef<HTMLButtonElement>(null);
  const hadFocus = useRef(false);
  // A box that is put elsewhere in the page loses the focus on the way.
  useEffect(() => {
    if (hadFocus.current && document.activeElement === document.body) handle.current?.focus();
  });
  const title = widget.title();
  const isWide = widget.width === 2;
  const Icon = isWide ? RectangleVertical : Columns2;
  const press = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    hadFocus.current = true;
    onStep(step);
  };
  const resizeLabel = t(isWide ? "narrow" : "widen", { title });
  return (
    <div className={isDragged ? `${styles.arranged} ${styles.dragged}` : styles.arranged} data-width={widget.width}>
      <Widget
        widget={widget}
        isBare
        action={
          <span className={styles.tools}>
            <button
              ref={handle}
              type="button"
              className={styles.handle}
              aria-label={t("move", { title })}
              title={t("move", { title })}
              onPointerDown={onDrag}
              onKeyDown={press}
              onBlur={() => {
                requestAnimationFrame(() => {
                  hadFocus.current = false;
                });
              }}
            >
              <GripVertical size={16} aria-hidden />
            </button>
            <Button
              className={styles.resize}
              look="quiet"
              size="small"
              isIcon
              aria-label={resizeLabel}
              title={resizeLabel}
              onClick={onResize}
            >
              <Icon size={14} aria-hidden />
            </Button>
            <Button
              look="quiet"
              size="small"
              isIcon
              aria-label={t("remove", { title })}
              title={t("remove", { title })}
              onClick={onRemove}
            >
              <X size={14} aria-hidden />
            </Button>
          </span>
        }
      />
    </div>
  );
}
