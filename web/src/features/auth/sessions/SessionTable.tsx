import { useState } from "react";
import { useEntityNames } from "#kit/entity/entityNames.ts";
import { NamedReference } from "#kit/entity/NamedReference.tsx";
import { FormFailure } from "#kit/FormFailure.tsx";
import { useOperation } from "#kit/mutation.ts";
import { Badge } from "#ui/Badge.tsx";
import { Button } from "#ui/Button.tsx";
import { ConfirmDialog } from "#ui/ConfirmDialog.tsx";
import { ActionsCell, Cell, NameCell, Table } from "#ui/Table.tsx";
import { Time } from "#ui/Time.tsx";
import { toast } from "#ui/toasts.ts";
import styles from "../Lists.module.css";
import { t } from "./messages.ts";
import { RevokeSessionDocument, type SessionRowFragment } from "./Sessions.generated.ts";
import { browserName } from "./userAgent.ts";

interface SessionTableProps {
  sessions: SessionRowFragment[];
  /** Whether it is worth telling whose they are. */
  isOfMany?: boolean;
  canRevoke: boolean;
}

/** Sessions, each with the way to end it. */
export function SessionTable({ sessions, isOfMany = false, canRevoke }: SessionTableProps) {
  const [ending, setEnding] = useState<SessionRowFragment | null>(null);
  const names = useEntityNames(isOfMany ? sessions.map(({ subject }) => subject) : []);
  const nameOf = (subject: string) => names.get(subject)?.displayName ?? subject;
  const columns = [
    ...(isOfMany ? [{ title: t("subject") }] : []),
    { title: t("browser"), isWide: isOfMany },
    { title: t("address"), isWide: true },
    { title: t("provider"), isWide: true },
    { title: t("lastUsed"), isWide: isOfMany },
    { title: t("ends"), isWide: true },
    { title: t("actions"), isSilent: true },
  ];
  return (
    <>
      <Table label={t("title")} columns={columns}>
        {sessions.map((session) => {
          const browser = browserName(session.userAgent);
          const label = isOfMany
            ? t("revokeLabelOf", { browser, subject: nameOf(session.subject) })
            : t("revokeLabel", { browser });
          const current = session.current && <Badge tone="ok">{t("current")}</Badge>;
          return (
            <tr key={session.id}>
              {isOfMany ? (
                <>
                  <NameCell
                    narrow={
                      <>
                        {browser} · <Time at={session.lastUsedAt} />
                      </>
                    }
                  >
                    <NamedReference reference={session.subject} names={names} /> {current}
                  </NameCell>
                  <Cell isWide>{browser}</Cell>
                </>
              ) : (
                <NameCell narrow={session.address}>
                  <span title={session.userAgent ?? undefined}>{browser}</span> {current}
                </NameCell>
              )}
              <Cell isWide>{session.address}</Cell>
              <Cell isWide>
                {session.provider}
                <div className={styles.since}>
                  {t("begun")} <Time at={session.createdAt} />
                </div>
              </Cell>
              <Cell isWide={isOfMany} isQuiet>
                <Time at={session.lastUsedAt} />
              </Cell>
              <Cell isWide isQuiet>
                <Time at={session.expiresAt} />
              </Cell>
              <ActionsCell>
                {canRevoke && (
                  <Button size="small" aria-label={label} onClick={() => setEnding(session)}>
                    {t("revoke")}
                  </Button>
                )}
              </ActionsCell>
            </tr>
          );
        })}
      </Table>
      {ending && (
        <EndDialog
          session={ending}
          subject={isOfMany ? nameOf(ending.subject) : undefined}
          onClose={() => setEnding(null)}
        />
      )}
    </>
  );
}

interface EndDialogProps {
  session: SessionRowFragment;
  /** Whose it is, where it may be anybody's. */
  subject: string | undefined;
  onClose: () => void;
}

function EndDialog({ session, subject, onClose }: EndDialogProps) {
  const browser = browserName(session.userAgent);
  const text = subject === undefined ? t("revokeText", { browser }) : t("revokeTextOf", { browser, subject });
  const { mutate, error, isPending } = useOperation(RevokeSessionDocument);
  const end = () =>
    mutate(
      { input: { id: session.id } },
      {
        onSuccess: () => {
          onClose();
          toast(t("revoked"));
        },
      },
    );
  return (
    <ConfirmDialog
      title={t("revokeTitle")}
      action={t("revoke")}
      isBusy={isPending}
      failure={<FormFailure error={error} />}
      onConfirm={end}
      onClose={onClose}
    >
      <p>{session.current ? t("revokeOwnText") : text}</p>
    </ConfirmDialog>
  );
}
