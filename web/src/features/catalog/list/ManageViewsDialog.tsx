import { Link2, Trash2 } from "lucide-react";
import { addressOf } from "#kit/paths.ts";
import { copyText } from "#lib/clipboard.ts";
import { Button } from "#ui/Button.tsx";
import { Dialog } from "#ui/Dialog.tsx";
import { TextInput } from "#ui/Field.tsx";
import { toast } from "#ui/toasts.ts";
import { useListTarget } from "./listPlace.ts";
import { t } from "./messages.ts";
import styles from "./ViewsMenu.module.css";
import { longestName, renamedView, type SavedView, withoutView, withView } from "./views.ts";

interface ManageViewsDialogProps {
  views: readonly SavedView[];
  onChange: (next: (views: readonly SavedView[]) => readonly SavedView[]) => void;
  onClose: () => void;
}

/** Renames, shares and deletes views. A name is kept when one leaves its field. */
export function ManageViewsDialog({ views, onChange, onClose }: ManageViewsDialogProps) {
  const target = useListTarget();
  const copy = async ({ name, search }: SavedView) => {
    const isCopied = await copyText(window.location.origin + addressOf(target(search)));
    toast(isCopied ? t("linkCopied", { name }) : t("notCopied"), isCopied ? "ok" : "danger");
  };
  const remove = ({ name, search }: SavedView) => {
    onChange((views) => withoutView(views, name));
    toast(t("viewDeleted", { name }), "ok", { undo: () => onChange((views) => withView(views, name, search)) });
    if (views.length === 1) onClose();
  };
  return (
    <Dialog title={t("manageViews")} onClose={onClose} footer={<Button onClick={onClose}>{t("close")}</Button>}>
      <ul className={styles.managed}>
        {views.map((view) => (
          <li key={view.name}>
            <TextInput
              aria-label={t("rename", { name: view.name })}
              defaultValue={view.name}
              maxLength={longestName}
              onKeyDown={(event) => {
                if (event.key === "Enter") {
                  event.preventDefault();
                  event.currentTarget.blur();
                }
              }}
              onBlur={({ currentTarget }) => {
                const { value } = currentTarget;
                onChange((views) => renamedView(views, view.name, value));
                // Where that is another's name, or none, it stays what it was.
                currentTarget.value = view.name;
              }}
            />
            <Button isIcon look="quiet" aria-label={t("copyLink", { name: view.name })} onClick={() => void copy(view)}>
              <Link2 size={14} aria-hidden />
            </Button>
            <Button isIcon look="quiet" aria-label={t("deleteView", { name: view.name })} onClick={() => remove(view)}>
              <Trash2 size={14} aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
