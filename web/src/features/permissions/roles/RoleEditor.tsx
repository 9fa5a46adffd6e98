import { useBlocker, useNavigate, useSearch } from "@tanstack/react-router";
import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { useEntityNames } from "#kit/entity/entityNames.ts";
import { NamedReference } from "#kit/entity/NamedReference.tsx";
import { PageHead } from "#kit/PageHead.tsx";
import { paths } from "#kit/paths.ts";
import { firstValueOf } from "#lib/urlSearch.ts";
import { Badge } from "#ui/Badge.tsx";
import { Button } from "#ui/Button.tsx";
import { ConfirmDialog } from "#ui/ConfirmDialog.tsx";
import { Banner } from "#ui/Notice.tsx";
import { Prose } from "#ui/Prose.tsx";
import { DeleteRoleDialog } from "./DeleteRoleDialog.tsx";
import { DetailsDialog } from "./DetailsDialog.tsx";
import { checkDetails } from "./draftCheck.ts";
import { t } from "./messages.ts";
import { ReviewDialog } from "./ReviewDialog.tsx";
import type { RoleFieldsFragment } from "./RoleFields.generated.ts";
import { RoleGrants } from "./RoleGrants.tsx";
import { RoleMembers } from "./RoleMembers.tsx";
import styles from "./Roles.module.css";
import { differenceOf, draftOf, type RoleDraft, rebased } from "./roleDraft.ts";

type OpenDialog = "details" | "review" | "delete" | null;

/** A role, edited as a whole: nothing is saved before one has seen what it changes. */
export function RoleEditor({ role }: { role: RoleFieldsFragment }) {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const [draft, setDraft] = useState(() =>
    withMember(draftOf(role), firstValueOf(search.assign), role.viewerCanUpdate),
  );
  const [base, setBase] = useState(role);
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const [wasRebased, setWasRebased] = useState(false);
  // What others changed meanwhile is taken over, and what is being edited here is put on top of it.
  if (base !== role) {
    setBase(role);
    if (base.revision !== role.revision) {
      const isEdited = differenceOf(base, draft).count > 0;
      const next = rebased(draft, base, role);
      setDraft(next);
      setWasRebased(isEdited && differenceOf(role, next).count > 0);
    }
  }
  const difference = differenceOf(role, draft);
  const isSaving = dialog === "review";
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => difference.count > 0 && !isSaving && current.pathname !== next.pathname,
    enableBeforeUnload: () => difference.count > 0,
    withResolver: true,
  });
  const canEdit = role.viewerCanUpdate;
  const edit = (next: RoleDraft) => {
    setDraft(next);
    setWasRebased(false);
  };
  const finish = (name: string) => {
    setDialog(null);
    setWasRebased(false);
    if (name !== role.name) void navigate({ ...paths.role(name), replace: true });
    else if (Object.keys(search).length > 0) void navigate({ ...paths.role(name), replace: true });
  };
  return (
    <>
      <PageHead
        title={draft.name}
        text={draft.description || undefined}
        above={[{ title: t("roles"), target: paths.roles() }]}
        badge={role.source === "CONFIG" && <Badge title={t("configHint")}>{t("config")}</Badge>}
        actions={
          <>
            {canEdit && (
              <Button onClick={() => setDialog("details")}>
                <Pencil size={14} aria-hidden />
                {t("edit")}
              </Button>
            )}
            {role.viewerCanDelete && (
              <Button look="danger" onClick={() => setDialog("delete")}>
                <Trash2 size={14} aria-hidden />
                {t("delete")}
              </Button>
            )}
          </>
        }
      />
      {!canEdit && (
        <div className={styles.note}>
          <Banner tone="neutral">
            <Prose text={t(role.source === "CONFIG" ? "configNote" : "readOnlyNote")} />
          </Banner>
        </div>
      )}
      <div role="status">
        {wasRebased && (
          <div className={styles.note}>
            <Banner tone="warning">{t("rebased")}</Banner>
          </div>
        )}
      </div>
      {draft.owner && <RoleOwner owner={draft.owner} />}
      <div className={styles.columns}>
        <RoleGrants
          role={role}
          draft={draft}
          asked={firstValueOf(search.grant)}
          onChange={canEdit ? (grants) => edit({ ...draft, grants }) : null}
        />
        <RoleMembers
          draft={draft}
          joined={difference.joined}
          onChange={canEdit ? (change) => edit({ ...draft, ...change }) : null}
        />
      </div>
      {difference.count > 0 && (
        <section className={styles.staged} aria-label={t("changes", { count: difference.count })}>
          <p role="status">{t("changes", { count: difference.count })}</p>
          <Button onClick={() => edit(draftOf(role))}>{t("discard")}</Button>
          <Button look="primary" onClick={() => setDialog("review")}>
            {t("review")}
          </Button>
        </section>
      )}
      {dialog === "details" && (
        <DetailsDialog
          draft={draft}
          check={(details) => checkDetails(role, { ...draft, ...details })}
          onApply={(details) => {
            edit({ ...draft, ...details });
            setDialog(null);
          }}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === "review" && (
        <ReviewDialog
          role={role}
          draft={draft}
          wasRebased={wasRebased}
          onSaved={finish}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === "delete" && <DeleteRoleDialog role={role} onClose={() => setDialog(null)} />}
      {blocker.status === "blocked" && (
        <ConfirmDialog title={t("leaveTitle")} action={t("leave")} onConfirm={blocker.proceed} onClose={blocker.reset}>
          <p>{t("leaveText")}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

function withMember(draft: RoleDraft, member: string | undefined, canEdit: boolean): RoleDraft {
  if (member === undefined || !canEdit || draft.members.includes(member)) return draft;
  return { ...draft, members: [...draft.members, member] };
}

function RoleOwner({ owner }: { owner: string }) {
  const names = useEntityNames([owner]);
  return (
    <p className={styles.owner}>
      {t("owner")} <NamedReference reference={owner} names={names} />
    </p>
  );
}
