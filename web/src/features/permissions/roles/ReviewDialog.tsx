import { useQueryClient } from "@tanstack/react-query";
import { FormFailure } from "#kit/FormFailure.tsx";
import { useOperation } from "#kit/mutation.ts";
import { Button } from "#ui/Button.tsx";
import { Dialog } from "#ui/Dialog.tsx";
import { Banner } from "#ui/Notice.tsx";
import { Prose } from "#ui/Prose.tsx";
import { toast } from "#ui/toasts.ts";
import { grantWords } from "../grants/words.ts";
import { rolePage } from "../queries.ts";
import { t } from "./messages.ts";
import type { RoleFieldsFragment } from "./RoleFields.generated.ts";
import { UpdateRoleDocument } from "./RoleMutations.generated.ts";
import styles from "./Roles.module.css";
import { differenceOf, type RoleDraft, updateInput } from "./roleDraft.ts";
import { SimulationView } from "./SimulationView.tsx";

interface ReviewDialogProps {
  role: RoleFieldsFragment;
  draft: RoleDraft;
  /** Whether somebody else changed the role since the draft was begun. */
  wasRebased: boolean;
  onSaved: (name: string) => void;
  onClose: () => void;
}

/** What would be different, and for whom; saving is here and nowhere else. */
export function ReviewDialog({ role, draft, wasRebased, onSaved, onClose }: ReviewDialogProps) {
  const input = updateInput(role, draft);
  const queries = useQueryClient();
  const { mutate, error, isPending } = useOperation(UpdateRoleDocument);
  const save = () =>
    mutate(
      { input },
      {
        onSuccess: () => {
          toast(t("saved", { name: draft.name }));
          onSaved(draft.name);
        },
        // Somebody was faster: what they did is shown, and one looks again.
        onError: () => void queries.invalidateQueries({ queryKey: rolePage(role.name).queryKey }),
      },
    );
  return (
    <Dialog
      title={t("reviewTitle", { name: role.name })}
      size="wide"
      onClose={onClose}
      onSubmit={save}
      footer={
        <>
          <Button onClick={onClose}>{t("back")}</Button>
          <Button type="submit" look="primary" disabled={isPending}>
            {t("save")}
          </Button>
        </>
      }
    >
      {wasRebased && !error && <Banner tone="warning">{t("rebased")}</Banner>}
      <FormFailure error={error} />
      <ul className={styles.differences}>
        {differenceLines(role, draft).map(({ text, isRemoval }) => (
          <li key={text} data-removal={isRemoval || undefined}>
            <Prose text={text} />
          </li>
        ))}
      </ul>
      <SimulationView input={{ update: [input] }} />
    </Dialog>
  );
}

function differenceLines(role: RoleFieldsFragment, draft: RoleDraft): { text: string; isRemoval: boolean }[] {
  const difference = differenceOf(role, draft);
  const lines: { text: string; isRemoval: boolean }[] = [];
  const say = (text: string, isRemoval = false) => lines.push({ text, isRemoval });
  if (difference.name) say(t("renamed", { name: draft.name }));
  if (difference.description) say(t("described", { text: draft.description || t("cleared") }));
  if (difference.owner) say(t("owned", { owner: draft.owner ?? t("cleared") }));
  if (difference.everyone) say(t(draft.everyone ? "everyoneOn" : "everyoneOff"), !draft.everyone);
  for (const member of difference.joined) say(t("joined", { member }));
  for (const member of difference.left) say(t("left", { member }), true);
  for (const grant of difference.granted) say(t("granted", { grant: grantWords(grant) }));
  for (const grant of difference.revoked) say(t("revoked", { grant: grantWords(grant) }), true);
  return lines;
}
