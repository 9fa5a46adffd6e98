import { X } from "lucide-react";
import { type ReactNode, type SubmitEvent, useEffect, useId, useRef } from "react";
import { defineMessages } from "#lib/i18n/messages.ts";
import { Button } from "./Button.tsx";
import styles from "./Dialog.module.css";

const t = defineMessages("dialog", { close: "Close" });

interface DialogProps {
  title: string;
  size?: "normal" | "wide";
  onClose: () => void;
  /** Asked before Escape or the cross closes it; false keeps it open. */
  onLeave?: () => boolean;
  /** What Enter, or a submit button in the footer, does. */
  onSubmit?: () => void;
  /** The buttons at the end, the one that is meant last. */
  footer?: ReactNode;
  children?: ReactNode;
}

/** A box over the page that keeps the keyboard until it is closed; Escape closes it. */
export function Dialog({ title, size = "normal", onClose, onLeave, onSubmit, footer, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const wasSubmitted = useRef(false);
  const id = useId();
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    const first = dialog.current?.querySelector<HTMLElement>("[data-autofocus]") ?? firstControl(body.current);
    first?.focus();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    };
  }, []);
  // What was refused is where the keyboard goes on.
  useEffect(() => {
    if (!wasSubmitted.current) return;
    const invalid = dialog.current?.querySelector<HTMLElement>("[aria-invalid=true]");
    if (!invalid) return;
    wasSubmitted.current = false;
    invalid.focus();
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    event.stopPropagation();
    wasSubmitted.current = true;
    onSubmit?.();
  };
  return (
    <dialog
      ref={dialog}
      className={size === "wide" ? `${styles.dialog} ${styles.wide}` : styles.dialog}
      aria-labelledby={id}
      onCancel={(event) => event.target === dialog.current && onLeave?.() === false && event.preventDefault()}
      onClose={(event) => event.target === dialog.current && onClose()}
    >
      <form className={styles.form} noValidate onSubmit={submit}>
        <header className={styles.head}>
          <h2 id={id}>{title}</h2>
          <Button
            look="quiet"
            isIcon
            aria-label={t("close")}
            onClick={() => onLeave?.() !== false && dialog.current?.close()}
          >
            <X size={16} aria-hidden />
          </Button>
        </header>
        <div ref={body} className={styles.body}>
          {children}
        </div>
        {footer !== undefined && <footer className={styles.footer}>{footer}</footer>}
      </form>
    </dialog>
  );
}

/** Where the keyboard begins: at what is asked, not at the way out. */
function firstControl(body: HTMLElement | null): HTMLElement | null {
  return body?.querySelector<HTMLElement>("input:is(:not([type=radio]), :checked), select, textarea, button") ?? null;
}
