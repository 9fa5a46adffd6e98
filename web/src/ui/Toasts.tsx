import { CircleCheck, CircleX, X } from "lucide-react";
import { defineMessages } from "#lib/i18n/messages.ts";
import { useShortcut } from "#lib/shortcuts.ts";
import { Button } from "./Button.tsx";
import styles from "./Toasts.module.css";
import { dismiss, holdToasts, type ToastMessage, useToasts } from "./toasts.ts";

const t = defineMessages("toasts", { label: "Messages", dismiss: "Dismiss", undo: "Undo" });

/** The place where messages show for a moment; what they tell of can be taken back while they do. */
export function Toasts() {
  const messages = useToasts();
  const undoable = messages.findLast(({ undo }) => undo);
  return (
    <section
      className={styles.place}
      aria-label={t("label")}
      aria-live="polite"
      onPointerEnter={() => holdToasts(true)}
      onPointerLeave={() => holdToasts(false)}
      onFocus={() => holdToasts(true)}
      onBlur={() => holdToasts(false)}
    >
      {undoable && <UndoShortcut message={undoable} />}
      {messages.map((message) => (
        <Toast key={message.id} message={message} />
      ))}
    </section>
  );
}

function Toast({ message }: { message: ToastMessage }) {
  const { id, text, tone, undo } = message;
  const Icon = tone === "ok" ? CircleCheck : CircleX;
  return (
    <div className={styles.toast} data-tone={tone}>
      <Icon size={16} aria-hidden />
      <span>{text}</span>
      {undo && (
        <Button size="small" aria-keyshortcuts="u" onClick={() => takeBack(message)}>
          {t("undo")}
        </Button>
      )}
      <Button look="quiet" size="small" isIcon aria-label={t("dismiss")} onClick={() => dismiss(id)}>
        <X size={14} aria-hidden />
      </Button>
    </div>
  );
}

function UndoShortcut({ message }: { message: ToastMessage }) {
  useShortcut("u", () => takeBack(message), { title: t("undo") });
  return null;
}

function takeBack({ id, undo }: ToastMessage) {
  undo?.();
  dismiss(id);
}
