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
import { RevokeAccessTokenDocument, type TokenRowFragment } from "./Tokens.generated.ts";

interface TokenTableProps {
  tokens: TokenRowFragment[];
  /** Whether it is worth telling whose they are. */
  isOfMany?: boolean;
  canRevoke: boolean;
}

/** Tokens, each with the way to revoke it. */
export function TokenTable({ tokens, isOfMany = false, canRevoke }: TokenTableProps) {
  const [revoked, setRevoked] = useState<TokenRowFragment | null>(null);
  const names = useEntityNames(
    isOfMany ? tokens.flatMap(({ subject, createdBy }) => (createdBy ? [subject, createdBy] : [subject])) : [],
  );
  const nameOf = (reference: string) => names.get(reference)?.displayName ?? reference;
  const labelOf = ({ name, subject }: TokenRowFragment) =>
    isOfMany ? t("revokeLabelOf", { name, subject: nameOf(subject) }) : t("revokeLabel", { name });
  const columns = [
    { title: t("name") },
    ...(isOfMany ? [{ title: t("subject"), isWide: true }] : []),
    { title: t("scopes"), isWide: true },
    { title: t("lastUsed"), isWide: true },
    { title: t("ends") },
    { title: t("actions"), isSilent: true },
  ];
  return (
    <>
      <Table label={t("title")} columns={columns}>
        {tokens.map((token) => (
          <tr key={token.id}>
            <NameCell
              detail={<span className={styles.hint}>{token.hint}…</span>}
              narrow={
                isOfMany ? (
                  <NamedReference reference={token.subject} names={names} />
                ) : (
                  <Scopes token={token} isOfMany={isOfMany} />
                )
              }
            >
              {token.name}
            </NameCell>
            {isOfMany && (
              <Cell isWide>
                <NamedReference reference={token.subject} names={names} />
                <div className={styles.since}>
                  {token.createdBy ? t("createdBy", { subject: nameOf(token.createdBy) }) : t("createdByOperator")}{" "}
                  <Time at={token.createdAt} />
                </div>
              </Cell>
            )}
            <Cell isWide>
              <Scopes token={token} isOfMany={isOfMany} />
            </Cell>
            <Cell isWide isQuiet>
              {token.lastUsedAt ? <Time at={token.lastUsedAt} /> : t("neverUsed")}
            </Cell>
            <Cell isQuiet>
              <End token={token} />
            </Cell>
            <ActionsCell>
              {canRevoke && !token.expired && (
                <Button size="small" aria-label={labelOf(token)} onClick={() => setRevoked(token)}>
                  {t("revoke")}
                </Button>
              )}
            </ActionsCell>
          </tr>
        ))}
      </Table>
      {revoked && (
        <RevokeDialog
          token={revoked}
          subject={isOfMany ? nameOf(revoked.subject) : undefined}
          onClose={() => setRevoked(null)}
        />
      )}
    </>
  );
}

function Scopes({ token: { permissions }, isOfMany }: { token: TokenRowFragment; isOfMany: boolean }) {
  if (permissions === null) return t(isOfMany ? "everythingTheirs" : "everything");
  return (
    <span className={styles.scopes}>
      {permissions.map((permission) => (
        <Badge key={permission}>{permission}</Badge>
      ))}
    </span>
  );
}

function End({ token: { expired, expiresAt } }: { token: TokenRowFragment }) {
  if (expired) return <Badge tone="warning">{t("expired")}</Badge>;
  return expiresAt ? <Time at={expiresAt} /> : t("neverEnds");
}

interface RevokeDialogProps {
  token: TokenRowFragment;
  /** Whom it stands for, where that may be anybody. */
  subject: string | undefined;
  onClose: () => void;
}

function RevokeDialog({ token: { id, name }, subject, onClose }: RevokeDialogProps) {
  const { mutate, error, isPending } = useOperation(RevokeAccessTokenDocument);
  const revoke = () =>
    mutate(
      { input: { id } },
      {
        onSuccess: () => {
          onClose();
          toast(t("revoked", { name }));
        },
      },
    );
  return (
    <ConfirmDialog
      title={t("revokeTitle", { name })}
      action={t("revoke")}
      isBusy={isPending}
      failure={<FormFailure error={error} />}
      onConfirm={revoke}
      onClose={onClose}
    >
      <p>
        {subject !== undefined && t("revokeTextOf", { subject })} {t("revokeText")}
      </p>
    </ConfirmDialog>
  );
}
