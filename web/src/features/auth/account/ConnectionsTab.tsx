import { useQuery } from "@tanstack/react-query";
import { Link2 } from "lucide-react";
import { useState } from "react";
import { Fetched } from "#kit/Fetched.tsx";
import { FormFailure } from "#kit/FormFailure.tsx";
import { useOperation } from "#kit/mutation.ts";
import { useViewer } from "#kit/viewer.ts";
import { reason } from "#lib/graphql/failure.ts";
import { rootField } from "#lib/graphql/request.ts";
import { Badge } from "#ui/Badge.tsx";
import { Button } from "#ui/Button.tsx";
import { ConfirmDialog } from "#ui/ConfirmDialog.tsx";
import { Notice } from "#ui/Notice.tsx";
import { ActionsCell, Cell, NameCell, Table } from "#ui/Table.tsx";
import { Time } from "#ui/Time.tsx";
import { toast } from "#ui/toasts.ts";
import { connections } from "../queries.ts";
import { ProviderIcon } from "../signIn/ProviderIcon.tsx";
import styles from "./Account.module.css";
import { type ConnectionsQuery, DisconnectAccountDocument } from "./Connections.generated.ts";
import { connectAccount } from "./connectAccount.ts";
import { GuestNote } from "./GuestNote.tsx";
import { t } from "./messages.ts";

type Connection = NonNullable<ConnectionsQuery["viewer"]>["connectedAccounts"][number];
type Provider = NonNullable<ConnectionsQuery["signInOptions"]>["connectable"][number];

/** The accounts at other services that the viewer lends to the portal. */
export function ConnectionsTab() {
  const isGuest = useViewer()?.isGuest;
  const query = useQuery({
    ...connections(),
    select: (answer) => ({
      accounts: rootField(answer, "viewer")?.connectedAccounts ?? [],
      providers: answer.data.signInOptions?.connectable ?? [],
    }),
  });
  return (
    <Fetched query={query} what={t("what")}>
      {(content) => (isGuest ? <GuestNote /> : <Accounts {...content} />)}
    </Fetched>
  );
}

function Accounts({ accounts, providers }: { accounts: Connection[]; providers: Provider[] }) {
  const others = providers.filter(({ id }) => accounts.every(({ provider }) => provider !== id));
  return (
    <>
      <p className={styles.intro}>{t("connectionsText")}</p>
      {accounts.length === 0 ? (
        <Notice icon={Link2} title={t("noneTitle")} text={t("none")} actions={<ConnectButtons providers={others} />} />
      ) : (
        <>
          <Connections accounts={accounts} providers={providers} />
          <div className={styles.links}>
            <ConnectButtons providers={others} />
          </div>
        </>
      )}
    </>
  );
}

function ConnectButtons({ providers }: { providers: Provider[] }) {
  return providers.map(({ id, title, icon, startUrl }) => (
    <Button key={id} onClick={() => connect(startUrl)}>
      <ProviderIcon icon={icon} />
      {t("connect", { provider: title })}
    </Button>
  ));
}

/** Nothing where the provider is no longer among those of the config. */
function Reconnect({ provider }: { provider: Provider | undefined }) {
  return (
    provider && (
      <Button size="small" look="quiet" onClick={() => connect(provider.startUrl)}>
        {t("reconnect")}
      </Button>
    )
  );
}

function connect(startUrl: string) {
  connectAccount(startUrl).catch((error: unknown) => toast(reason(error), "danger"));
}

function Connections({ accounts, providers }: { accounts: Connection[]; providers: Provider[] }) {
  const [leaving, setLeaving] = useState<Connection | null>(null);
  const { mutate, error, isPending, reset } = useOperation(DisconnectAccountDocument);
  const columns = [
    { title: t("login") },
    { title: t("scopes"), isWide: true },
    { title: t("connected"), isWide: true },
    { title: t("actions"), isSilent: true },
  ];
  const close = () => {
    setLeaving(null);
    reset();
  };
  const disconnect = ({ provider, title }: Connection) =>
    mutate(
      { input: { provider } },
      {
        onSuccess: () => {
          close();
          toast(t("disconnected", { provider: title }));
        },
      },
    );
  return (
    <>
      <Table label={t("connections")} columns={columns}>
        {accounts.map((account) => (
          <tr key={account.provider}>
            <NameCell detail={account.title} narrow={<Time at={account.connectedAt} />}>
              <ProviderIcon icon={providers.find(({ id }) => id === account.provider)?.icon ?? account.provider} />
              {account.login}
            </NameCell>
            <Cell isWide>
              <span className={styles.scopes}>
                {account.scopes.map((scope) => (
                  <Badge key={scope}>{scope}</Badge>
                ))}
              </span>
            </Cell>
            <Cell isWide isQuiet>
              <Time at={account.connectedAt} />
            </Cell>
            <ActionsCell>
              <Reconnect provider={providers.find(({ id }) => id === account.provider)} />
              <Button size="small" onClick={() => setLeaving(account)}>
                {t("disconnect")}
              </Button>
            </ActionsCell>
          </tr>
        ))}
      </Table>
      {leaving && (
        <ConfirmDialog
          title={t("disconnectTitle", { provider: leaving.title })}
          action={t("disconnect")}
          isBusy={isPending}
          failure={<FormFailure error={error} />}
          onConfirm={() => disconnect(leaving)}
          onClose={close}
        >
          <p>{t("disconnectText", { login: leaving.login })}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
