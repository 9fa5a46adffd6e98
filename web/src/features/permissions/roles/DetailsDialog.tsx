import { useState } from "react";
import { FormFailure } from "#kit/FormFailure.tsx";
import type { Failure } from "#lib/graphql/failure.ts";
import { Button } from "#ui/Button.tsx";
import { Dialog } from "#ui/Dialog.tsx";
import { t } from "./messages.ts";
import { type Details, faultOf, RoleDetails } from "./RoleDetails.tsx";

interface DetailsDialogProps {
  draft: Details;
  /** Asks the server whether it would do. */
  check: (details: Details) => Promise<Failure | null>;
  onApply: (details: Details) => void;
  onClose: () => void;
}

/** Edits what a role is called, what it is for, and whose it is; saved with the rest of the draft. */
export function DetailsDialog({ draft: { name, description, owner }, check, onApply, onClose }: DetailsDialogProps) {
  const [details, setDetails] = useState<Details>({ name, description, owner });
  const [failure, setFailure] = useState<unknown>(null);
  const [isBusy, setIsBusy] = useState(false);
  const apply = async () => {
    const next = { ...details, name: details.name.trim() || name };
    setIsBusy(true);
    const refusal = await check(next).catch((error: unknown) => error);
    setIsBusy(false);
    setFailure(refusal);
    if (refusal === null) onApply(next);
  };
  const fault = faultOf(failure);
  return (
    <Dialog
      title={t("editTitle")}
      onClose={onClose}
      onSubmit={() => void apply()}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" look="primary" disabled={isBusy}>
            {t("apply")}
          </Button>
        </>
      }
    >
      {!fault && <FormFailure error={failure} />}
      <RoleDetails details={details} fault={fault} onChange={setDetails} />
    </Dialog>
  );
}
