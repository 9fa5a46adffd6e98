import { FormFailure } from "#kit/FormFailure.tsx";
import { useOperation } from "#kit/mutation.ts";
import { ConfirmDialog } from "#ui/ConfirmDialog.tsx";
import { toast } from "#ui/toasts.ts";
import styles from "../ingestion.module.css";
import { type LocationRowFragment, UnregisterLocationDocument } from "./Locations.generated.ts";
import { t } from "./messages.ts";

interface UnregisterDialogProps {
  location: Pick<LocationRowFragment, "id" | "target" | "entities">;
  onClose: () => void;
  onDone?: () => void;
}

/** Asks before a location is read no more. */
export function UnregisterDialog({ location: { id, target, entities }, onClose, onDone }: UnregisterDialogProps) {
  const { mutate, error, isPending } = useOperation(UnregisterLocationDocument);
  const unregister = () =>
    mutate(
      { input: { id } },
      {
        onSuccess: ({ unregisterLocation }) => {
          onClose();
          toast(t("unregistered", { count: unregisterLocation?.removedRefs.length ?? 0 }));
          onDone?.();
        },
      },
    );
  return (
    <ConfirmDialog
      title={t("unregisterTitle")}
      action={t("unregisterAction")}
      isBusy={isPending}
      failure={<FormFailure error={error} />}
      onConfirm={unregister}
      onClose={onClose}
    >
      <p className={styles.target}>{target}</p>
      <p>{t("unregisterText", { count: entities.totalCount })}</p>
      <p className={styles.quiet}>{t("unregisterSource")}</p>
    </ConfirmDialog>
  );
}
