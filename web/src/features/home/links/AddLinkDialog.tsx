import { useState } from "react";
import { Button } from "#ui/Button.tsx";
import { Dialog } from "#ui/Dialog.tsx";
import { Field, TextInput } from "#ui/Field.tsx";
import { t } from "../messages.ts";
import { type KeptLink, safeAddress } from "./links.ts";

/** Asks for a link. */
export function AddLinkDialog({ onAdd, onClose }: { onAdd: (link: KeptLink) => void; onClose: () => void }) {
  const [title, setTitle] = useState("");
  const [address, setAddress] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const safe = safeAddress(address);
  const submit = () => {
    setIsChecked(true);
    if (title.trim() !== "" && safe !== undefined) onAdd({ title: title.trim(), address: safe });
  };
  return (
    <Dialog
      title={t("addLink")}
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
      <Field
        label={t("linkTitle")}
        isRequired
        error={isChecked && title.trim() === "" ? t("linkTitleMissing") : undefined}
      >
        {(control) => (
          <TextInput {...control} maxLength={100} value={title} onChange={(event) => setTitle(event.target.value)} />
        )}
      </Field>
      <Field
        label={t("linkAddress")}
        hint={t("linkAddressHint")}
        isRequired
        error={isChecked && safe === undefined ? t("linkInvalid") : undefined}
      >
        {(control) => (
          <TextInput
            {...control}
            inputMode="url"
            value={address}
            onChange={(event) => setAddress(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  );
}
