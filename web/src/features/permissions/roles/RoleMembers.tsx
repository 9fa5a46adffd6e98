import { X } from "lucide-react";
import { EntityPicker } from "#kit/entity/EntityPicker.tsx";
import { useEntityNames } from "#kit/entity/entityNames.ts";
import { NamedReference } from "#kit/entity/NamedReference.tsx";
import { Badge } from "#ui/Badge.tsx";
import { Button } from "#ui/Button.tsx";
import { Card } from "#ui/Card.tsx";
import { Checkbox, Field } from "#ui/Field.tsx";
import { t } from "./messages.ts";
import styles from "./Roles.module.css";
import type { RoleDraft } from "./roleDraft.ts";

interface RoleMembersProps {
  draft: RoleDraft;
  joined: string[];
  /** Null where the viewer may not change the role. */
  onChange: ((change: Partial<RoleDraft>) => void) | null;
}

/** Who has a role. */
export function RoleMembers({ draft: { members, everyone }, joined, onChange }: RoleMembersProps) {
  const names = useEntityNames(members);
  const add = (added: string[]) =>
    onChange?.({ members: [...members, ...added.filter((member) => !members.includes(member))] });
  return (
    <Card title={t("members")} count={members.length} isFlush>
      {onChange ? (
        <div className={styles.memberTools}>
          <Field label={t("addMember")}>
            {(control) => (
              <EntityPicker control={control} kinds={["user", "group"]} values={[]} excluded={members} onChange={add} />
            )}
          </Field>
          <Checkbox
            label={t("everyoneSwitch")}
            hint={t("everyoneHint")}
            checked={everyone}
            onChange={({ target }) => onChange({ everyone: target.checked })}
          />
        </div>
      ) : (
        everyone && <p className={styles.everyone}>{t("everyoneHint")}</p>
      )}
      {members.length === 0 && !everyone && <p className={styles.everyone}>{t("noMembers")}</p>}
      <ul className={styles.members}>
        {members.map((member) => (
          <li key={member}>
            <NamedReference reference={member} names={names} />
            {joined.includes(member) && <Badge tone="info">{t("isNew")}</Badge>}
            {onChange && (
              <Button
                look="quiet"
                size="small"
                isIcon
                aria-label={t("removeMember", { member: names.get(member)?.displayName ?? member })}
                onClick={() => onChange({ members: members.filter((one) => one !== member) })}
              >
                <X size={14} aria-hidden />
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
