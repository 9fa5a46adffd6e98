import { useNavigate } from "@tanstack/react-router";
import { FormFailure } from "#kit/FormFailure.tsx";
import { useOperation } from "#kit/mutation.ts";
import { paths } from "#kit/paths.ts";
import { ConfirmDialog } from "#ui/ConfirmDialog.tsx";
import { toast } from "#ui/toasts.ts";
import { t } from "./messages.ts";
import type { RoleFieldsFragment } from "./RoleFields.generated.ts";
import { DeleteRoleDocument } from "./RoleMutations.generated.ts";
import { SimulationView } from "./SimulationView.tsx";

interface DeleteRoleDialogProps {
  role: RoleFieldsFragment;
  onClose: () => void;
}

/** Asks before a role goes, with what that takes from whom. */
export function DeleteRoleDialog({ role: { name, revision }, onClose }: DeleteRoleDialogProps) {
  const navigate = useNavigate();
  const { mutate, error, isPending } = useOperation(DeleteRoleDocument);
  const confirm = () =>
    mutate(
      { input: { name, expectedRevision: revision } },
      {
        onSuccess: () => {
          toast(t("deleted", { name }));
          void navigate({ ...paths.roles(), replace: true, ignoreBlocker: true });
        },
      },
    );
  return (
    <ConfirmDialog
      title={t("deleteTitle", { name })}
      action={t("delete")}
      isBusy={isPending}
      failure={<FormFailure error={error} />}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>{t("deleteText")}</p>
      <SimulationView input={{ delete: [name] }} />
    </ConfirmDialog>
  );
}
