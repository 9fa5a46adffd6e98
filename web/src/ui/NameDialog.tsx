import { useState } from "react";
import { defineMessages } from "#lib/i18n/messages.ts";
import { Button } from "./Button.tsx";
import { Dialog } from "./Dialog.tsx";
import { Field, TextInput } from "./Field.tsx";

const t = defineMessages("nameDialog", {
  name: "Name",
  missing: "Give it a name.",
  save: "Save",
  cancel: "Cancel",
});

interface NameDialogProps {
  title: string;
  /** What the name is for. */
  hint: string;
  /** What stands in the field at first. */
  initial: string;
  /** The most characters of a name. */
  longest: number;
  /** Why a name will not do, where that is so. */
  problemOf?: (name: string) => string | undefined;
  onSave: (name: string) => void;
  onClose: () => void;
}

/** Asks what something is to be called. */
export function NameDialog({ title, hint, initial, longest, problemOf, onSave, onClose }: NameDialogProps) {
  const [name, setName] = useState(initial);
  const [isChecked, setIsChecked] = useState(false);
  const given = name.trim();
  const problem = given === "" ? t("missing") : problemOf?.(given);
  const submit = () => {
    setIsChecked(true);
    if (!problem) onSave(given);
  };
  return (
    <Dialog
      title={title}
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
      <Field label={t("name")} hint={hint} isRequired error={isChecked ? problem : undefined}>
        {(control) => (
          <TextInput {...control} maxLength={longest} value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
    </Dialog>
  );
}
