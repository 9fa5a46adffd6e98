import { useState } from "react";
import { FormFailure } from "#kit/FormFailure.tsx";
import { useOperation } from "#kit/mutation.ts";
import { Button } from "#ui/Button.tsx";
import { Dialog } from "#ui/Dialog.tsx";
import { toast } from "#ui/toasts.ts";
import styles from "../ingestion.module.css";
import { fieldFailure, TargetFields } from "../register/TargetFields.tsx";
import { type LocationRowFragment, UpdateLocationDocument } from "./Locations.generated.ts";
import { t } from "./messages.ts";

/** Has a registered location read from elsewhere. */
export function ChangeTargetDialog({ location, onClose }: { location: LocationRowFragment; onClose: () => void }) {
  const [place, setPlace] = useState({ type: location.type, target: location.target });
  const { mutate, error, isPending } = useOperation(UpdateLocationDocument);
  const isSame = place.type === location.type && place.target.trim() === location.target;
  const submit = () => {
    if (isSame || isPending) return;
    mutate(
      { input: { id: location.id, type: place.type, target: place.target.trim() } },
      {
        onSuccess: ({ updateLocation }) => {
          onClose();
          toast(t("changed", { count: updateLocation?.documentCount ?? 0 }));
        },
      },
    );
  };
  const { field, rest } = fieldFailure(error);
  return (
    <Dialog
      title={t("changeTitle")}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <Button type="submit" look="primary" disabled={isSame || isPending || place.target.trim() === ""}>
          {t("changeAction")}
        </Button>
      }
    >
      <FormFailure error={rest} />
      <p className={styles.quiet}>{t("changeText")}</p>
      <div className={styles.fields}>
        <TargetFields place={place} error={field} onChange={setPlace} />
      </div>
    </Dialog>
  );
}
