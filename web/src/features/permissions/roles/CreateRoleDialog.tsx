import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { EntityPicker } from "#kit/entity/EntityPicker.tsx";
import { FormFailure } from "#kit/FormFailure.tsx";
import { useOperation } from "#kit/mutation.ts";
import { paths } from "#kit/paths.ts";
import { Button } from "#ui/Button.tsx";
import { Dialog } from "#ui/Dialog.tsx";
import { Checkbox, Field } from "#ui/Field.tsx";
import { toast } from "#ui/toasts.ts";
import { t } from "./messages.ts";
import { faultOf, RoleDetails } from "./RoleDetails.tsx";
import { CreateRoleDocument } from "./RoleMutations.generated.ts";

interface CreateRoleDialogProps {
  members: string[];
  /** What it is to grant, asked for on the page of the new role. */
  permission: string | undefined;
  onClose: () => void;
}

/** Asks for a new role, and leads to its page. */
export function CreateRoleDialog({ members: initial, permission, onClose }: CreateRoleDialogProps) {
  const navigate = useNavigate();
  const [details, setDetails] = useState({ name: "", description: "", owner: null as string | null });
  const [members, setMembers] = useState(initial);
  const [everyone, setEveryone] = useState(false);
  const { mutate, error, isPending } = useOperation(CreateRoleDocument);
  const create = () => {
    const { name, description, owner } = details;
    const input = {
      name: name.trim(),
      members,
      everyone,
      ...(description && { description }),
      ...(owner && { owner }),
    };
    mutate(
      { input },
      {
        onSuccess: () => {
          toast(t("created", { name: input.name }));
          onClose();
          void navigate(paths.role(input.name, permission === undefined ? {} : { grant: permission }));
        },
      },
    );
  };
  const fault = faultOf(error);
  return (
    <Dialog
      title={t("create")}
      onClose={onClose}
      onSubmit={create}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" look="primary" disabled={isPending}>
            {t("create")}
          </Button>
        </>
      }
    >
      {!fault && <FormFailure error={error} />}
      <RoleDetails details={details} fault={fault} onChange={setDetails} />
      <Field
        label={t("members")}
        hint={t("membersHint")}
        error={fault?.field.startsWith("members") ? fault.message : undefined}
        isOptional
      >
        {(control) => (
          <EntityPicker control={control} kinds={["user", "group"]} values={members} onChange={setMembers} />
        )}
      </Field>
      <Checkbox
        label={t("everyoneSwitch")}
        hint={t("everyoneHint")}
        checked={everyone}
        onChange={({ target }) => setEveryone(target.checked)}
      />
    </Dialog>
  );
}
