import { useState } from "react";
import { request } from "#lib/graphql/request.ts";
import { ConfirmDialog } from "#ui/ConfirmDialog.tsx";
import { toast } from "#ui/toasts.ts";
import { DeleteEntityDocument } from "../../entity/acts/EntityActs.generated.ts";
import { t } from "../messages.ts";
import { forEach } from "./bulk.ts";
import styles from "./SelectionBar.module.css";

/** What would be deleted. */
interface Deletable {
  ref: string;
  /** Nothing describes it any more, so that it does not come back. */
  orphan: boolean;
}

interface DeleteSelectedDialogProps {
  targets: readonly Deletable[];
  /** With those that are gone. */
  onDone: (deleted: readonly string[]) => void;
  onClose: () => void;
}

/** Asks before entities are deleted, and says how many of them will come back. */
export function DeleteSelectedDialog({ targets, onDone, onClose }: DeleteSelectedDialogProps) {
  const [isBusy, setIsBusy] = useState(false);
  const returning = targets.filter(({ orphan }) => !orphan).length;
  const remove = async () => {
    setIsBusy(true);
    const deleted: string[] = [];
    const { done, failed, reason } = await forEach(targets, async ({ ref }) => {
      const { failures } = await request(DeleteEntityDocument, { input: { ref } });
      if (failures[0]) throw failures[0];
      deleted.push(ref);
    });
    if (done > 0) toast(t("deleted", { count: done }));
    if (failed > 0) toast(t("deleteFailed", { count: failed, reason }), "danger");
    onDone(deleted);
  };
  return (
    <ConfirmDialog
      title={t("deleteTitle", { count: targets.length })}
      action={t("deleteAction")}
      isBusy={isBusy}
      onConfirm={() => void remove()}
      onClose={onClose}
    >
      <ul className={styles.targets}>
        {targets.map(({ ref }) => (
          <li key={ref}>{ref}</li>
        ))}
      </ul>
      <p>{returning > 0 ? t("deleteReturning", { count: returning }) : t("deleteOrphans")}</p>
    </ConfirmDialog>
  );
}
