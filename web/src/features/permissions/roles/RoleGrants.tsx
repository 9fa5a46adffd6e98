import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "#ui/Button.tsx";
import { Card } from "#ui/Card.tsx";
import { GrantDialog } from "../grants/GrantDialog.tsx";
import { GrantList } from "../grants/GrantList.tsx";
import { t as grantText } from "../grants/messages.ts";
import { reachOf } from "../grants/reach.ts";
import { vocabulary } from "../queries.ts";
import { checkGrant } from "./draftCheck.ts";
import { t } from "./messages.ts";
import type { RoleFieldsFragment } from "./RoleFields.generated.ts";
import { differenceOf, type GrantDraft, newKey, type RoleDraft } from "./roleDraft.ts";

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
  const permissions = useQuery(vocabulary()).data?.permissions ?? null;
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
          check={(grant) => checkGrant(role, { ...draft, grants: place({ ...edited, ...grant }) }, edited.key)}
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
