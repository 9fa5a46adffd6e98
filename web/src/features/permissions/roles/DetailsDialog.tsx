import { useState } from "react";
import { Button } from "#ui/Button.tsx";
import { Dialog } from "#ui/Dialog.tsx";
import { t } from "./messages.ts";
import { type Details, RoleDetails } from "./RoleDetails.tsx";

interface DetailsDialogProps {
  draft: Details;
  onApply: (details: Details) => void;
  onClose: () => void;
}

/** Edits what a role is called, what it is for, and whose it is; saved with the rest of the draft. */
export function DetailsDialog({ draft: { name, description, owner }, onApply, onClose }: DetailsDialogProps) {
  const [details, setDetails] = useState<Details>({ name, description, owner });
  const apply = () => onApply({ ...details, name: details.name.trim() || name });
  return (
    <Dialog
      title={t("editTitle")}
      onClose={onClose}
      onSubmit={apply}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" look="primary">
            {t("apply")}
          </Button>
        </>
      }
    >
      <RoleDetails details={details} fault={null} onChange={setDetails} />
    </Dialog>
  );
}
