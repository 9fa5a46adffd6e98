import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { Failure } from "#lib/graphql/failure.ts";
import { request } from "#lib/graphql/request.ts";
import { Button } from "#ui/Button.tsx";
import { Card } from "#ui/Card.tsx";
import { GrantDialog } from "../grants/GrantDialog.tsx";
import { GrantList } from "../grants/GrantList.tsx";
import { t as grantText } from "../grants/messages.ts";
import { reachOf } from "../grants/reach.ts";
import type { SpokenGrant } from "../grants/words.ts";
import { vocabulary } from "../queries.ts";
import { t } from "./messages.ts";
import type { RoleFieldsFragment } from "./RoleFields.generated.ts";
import { differenceOf, type GrantDraft, grantInput, newKey, type RoleDraft, updateInput } from "./roleDraft.ts";
import { SimulationDocument } from "./Simulation.generated.ts";

interface RoleGrantsProps {
  role: RoleFieldsFragment;
  draft: RoleDraft;
  /** The permission that the address asks to grant. */
  asked: string | undefined;
  /** Null where the viewer may not change the role. */
  onChange: ((grants: GrantDraft[]) => void) | null;
}

/** What a role grants, to be added to, edited and removed. */
export function RoleGrants({ role, draft, asked, onChange }: RoleGrantsProps) {
  const [edited, setEdited] = useState<GrantDraft | null>(asked && onChange ? newGrant(asked) : null);
  const permissions = useQuery(vocabulary()).data?.data.permissions ?? null;
  const { granted } = differenceOf(role, draft);
  const isNew = (grant: GrantDraft) => granted.includes(grant);
  const place = (grant: GrantDraft) => {
    const position = draft.grants.findIndex(({ key }) => key === grant.key);
    return position === -1 ? [...draft.grants, grant] : draft.grants.with(position, grant);
  };
  const reach = (grant: GrantDraft) =>
    role.grants.find(({ id }) => id === grant.key && !isNew(grant))?.permissions ??
    (permissions ? reachOf(grant, permissions).map(({ name }) => name) : [grant.permission]);
  return (
    <Card
      title={t("grants")}
      count={draft.grants.length}
      isFlush
      action={
        onChange && (
          <Button size="small" onClick={() => setEdited(newGrant(""))}>
            <Plus size={14} aria-hidden />
            {grantText("add")}
          </Button>
        )
      }
    >
      <GrantList
        grants={draft.grants}
        keyOf={({ key }) => key}
        reachOf={reach}
        isNew={isNew}
        newLabel={t("isNew")}
        {...(onChange && {
          onEdit: setEdited,
          onRemove: (grant: GrantDraft) => onChange(draft.grants.filter(({ key }) => key !== grant.key)),
        })}
      />
      {edited && onChange && (
        <GrantDialog
          title={grantText(draft.grants.some(({ key }) => key === edited.key) ? "editTitle" : "addTitle")}
          grant={edited}
          check={(grant) => check(role, { ...draft, grants: place({ ...edited, ...grant }) }, grant)}
          onApply={(grant) => {
            onChange(place({ ...edited, ...grant }));
            setEdited(null);
          }}
          onClose={() => setEdited(null)}
        />
      )}
    </Card>
  );
}

function newGrant(permission: string): GrantDraft {
  return { key: newKey(), permission, action: null, effect: "ALLOW", when: null };
}

/** Lets the server look at a draft without making it so; what it says of the one grant is thrown. */
async function check(role: RoleFieldsFragment, draft: RoleDraft, grant: SpokenGrant) {
  const input = { ...updateInput(role, draft), grants: draft.grants.map(grantInput) };
  const { failures } = await request(SimulationDocument, { input: { update: [input] } }).catch((error: unknown) => {
    if (error instanceof Failure) return { failures: [error] };
    throw error;
  });
  const [failure] = failures;
  // Who may not look ahead is told when it is saved.
  if (!failure || failure.code === "FORBIDDEN") return;
  const position = draft.grants.findIndex((one) => one.permission === grant.permission && one.when === grant.when);
  const prefix = `input.update.0.grants.${position}.`;
  const field = failure.field?.startsWith(prefix) ? failure.field.slice(prefix.length) : null;
  throw new Failure(failure.code, failure.message, failure.requestId, failure.path, field);
}
