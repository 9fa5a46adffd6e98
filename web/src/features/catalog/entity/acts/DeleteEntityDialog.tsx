import { useNavigate } from "@tanstack/react-router";
import { FormFailure } from "#kit/FormFailure.tsx";
import { useOperation } from "#kit/mutation.ts";
import { paths } from "#kit/paths.ts";
import { ConfirmDialog } from "#ui/ConfirmDialog.tsx";
import { toast } from "#ui/toasts.ts";
import type { EntityIngestionFragment } from "../EntityIngestion.generated.ts";
import { DeleteEntityDocument } from "./EntityActs.generated.ts";
import { t } from "./messages.ts";

/** Asks before an entity is deleted, and tells whether it will come back. */
export function DeleteEntityDialog({ entity, onClose }: { entity: EntityIngestionFragment; onClose: () => void }) {
  const navigate = useNavigate();
  const { ref, displayName: name, orphan } = entity;
  const { mutate, error, isPending } = useOperation(DeleteEntityDocument);
  const remove = () =>
    mutate(
      { input: { ref } },
      {
        onSuccess: ({ deleteEntity }) => {
          const target = deleteEntity?.emittedBy[0]?.target;
          toast(target === undefined ? t("deleted", { name }) : t("comesBack", { name, target }));
          void navigate(paths.catalog());
        },
      },
    );
  return (
    <ConfirmDialog
      title={t("deleteTitle", { name })}
      action={t("deleteAction")}
      isBusy={isPending}
      failure={<FormFailure error={error} />}
      onConfirm={remove}
      onClose={onClose}
    >
      <p>{t(orphan ? "deleteOrphan" : "deleteEmitted")}</p>
    </ConfirmDialog>
  );
}
