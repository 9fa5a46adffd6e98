import type { ReactNode } from "react";
import { defineMessages } from "#lib/i18n/messages.ts";
import { Button } from "./Button.tsx";
import { Dialog } from "./Dialog.tsx";

const t = defineMessages("confirm", { cancel: "Cancel" });

interface ConfirmDialogProps {
  title: string;
  /** What will be different afterwards. */
  children: ReactNode;
  /** What the button says, a verb. */
  action: string;
  isBusy?: boolean;
  /** Why it was refused. */
  failure?: ReactNode;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, action, isBusy = false, failure, onConfirm, onClose } = props;
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={onConfirm}
      footer={
        <>
          <Button onClick={onClose} data-autofocus>
            {t("cancel")}
          </Button>
          <Button type="submit" look="danger" disabled={isBusy}>
            {action}
          </Button>
        </>
      }
    >
      {failure}
      {children}
    </Dialog>
  );
}
