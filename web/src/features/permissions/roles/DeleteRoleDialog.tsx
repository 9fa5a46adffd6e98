import { useNavigate } from "@tanstack/react-router";
import { useOperation } from "#kit/mutation.ts";
import { paths } from "#kit/paths.ts";
import { reason } from "#lib/graphql/failure.ts";
import { ConfirmDialog } from "#ui/ConfirmDialog.tsx";
import { toast } from "#ui/toasts.ts";
import { t } from "./messages.ts";
import { DeleteRoleDocument } from "./RoleMutations.generated.ts";
import { SimulationView } from "./SimulationView.tsx";

/** Asks before a role goes, with what that takes from whom. */
export function DeleteRoleDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const navigate = useNavigate();
  const { mutate, error, isPending } = useOperation(DeleteRoleDocument);
  const confirm = () =>
    mutate(
      { input: { name } },
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
      failure={error ? reason(error) : undefined}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>{t("deleteText")}</p>
      <SimulationView input={{ delete: [name] }} />
    </ConfirmDialog>
  );
}
