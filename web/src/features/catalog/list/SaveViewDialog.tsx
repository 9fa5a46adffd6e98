import { useState } from "react";
import { Button } from "#ui/Button.tsx";
import { Dialog } from "#ui/Dialog.tsx";
import { Field, TextInput } from "#ui/Field.tsx";
import { t } from "./messages.ts";
import { longestName, mostViews, type SavedView, withoutView } from "./views.ts";

interface SaveViewDialogProps {
  views: readonly SavedView[];
  /** Where the list is a view already, what that is called. */
  name: string;
  onSave: (name: string) => void;
  onClose: () => void;
}

/** Asks what a list is to be called. */
export function SaveViewDialog({ views, name: known, onSave, onClose }: SaveViewDialogProps) {
  const [name, setName] = useState(known);
  const [isChecked, setIsChecked] = useState(false);
  const title = name.trim();
  const isFull = withoutView(views, title).length >= mostViews;
  const problem = title === "" ? t("viewNameMissing") : isFull ? t("tooMany", { most: mostViews }) : undefined;
  const submit = () => {
    setIsChecked(true);
    if (!problem) onSave(title);
  };
  return (
    <Dialog
      title={t("saveView")}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit">
            {t("save")}
          </Button>
        </>
      }
    >
      <Field label={t("viewName")} hint={t("saveViewText")} isRequired error={isChecked ? problem : undefined}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={longestName}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  );
}
