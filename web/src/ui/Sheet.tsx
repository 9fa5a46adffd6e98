import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { defineMessages } from "#lib/i18n/messages.ts";
import { Button } from "./Button.tsx";
import styles from "./Sheet.module.css";

const t = defineMessages("sheet", { close: "Close" });

/** A panel that rises over the page from below, for small screens. */
export function Sheet({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the dialog itself closes on Escape
    <dialog
      ref={dialog}
      className={styles.sheet}
      aria-labelledby={id}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
    >
      <header className={styles.head}>
        <h2 id={id}>{title}</h2>
        <Button look="quiet" isIcon aria-label={t("close")} onClick={() => dialog.current?.close()}>
          <X size={18} aria-hidden />
        </Button>
      </header>
      <div className={styles.body}>{children}</div>
    </dialog>
  );
}
