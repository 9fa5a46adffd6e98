import { CircleCheck, CircleX, X } from "lucide-react";
import { defineMessages } from "#lib/i18n/messages.ts";
import { Button } from "./Button.tsx";
import styles from "./Toasts.module.css";
import { dismiss, useToasts } from "./toasts.ts";

const t = defineMessages("toasts", { label: "Messages", dismiss: "Dismiss" });

/** The place where messages show for a moment. */
export function Toasts() {
  const messages = useToasts();
  return (
    <section className={styles.place} aria-label={t("label")} aria-live="polite">
      {messages.map(({ id, text, tone }) => {
        const Icon = tone === "ok" ? CircleCheck : CircleX;
        return (
          <div key={id} className={styles.toast} data-tone={tone}>
            <Icon size={16} aria-hidden />
            <span>{text}</span>
            <Button look="quiet" size="small" isIcon aria-label={t("dismiss")} onClick={() => dismiss(id)}>
              <X size={14} aria-hidden />
            </Button>
          </div>
        );
      })}
    </section>
  );
}
