import { useQuery } from "@tanstack/react-query";
import { Radar, RefreshCw } from "lucide-react";
import { Fetched } from "#kit/Fetched.tsx";
import { Forbidden } from "#kit/Forbidden.tsx";
import { Link } from "#kit/Link.tsx";
import { useOperation } from "#kit/mutation.ts";
import { PageHead } from "#kit/PageHead.tsx";
import { paths } from "#kit/paths.ts";
import { useMay } from "#kit/permissions.ts";
import { operation } from "#kit/query.ts";
import { reason } from "#lib/graphql/failure.ts";
import { rootField } from "#lib/graphql/request.ts";
import { Badge } from "#ui/Badge.tsx";
import { Button } from "#ui/Button.tsx";
import { Notice } from "#ui/Notice.tsx";
import { Prose } from "#ui/Prose.tsx";
import { ActionsCell, Cell, NameCell, Table } from "#ui/Table.tsx";
import { Time } from "#ui/Time.tsx";
import { toast } from "#ui/toasts.ts";
import { IngestionTabs } from "../IngestionTabs.tsx";
import styles from "../ingestion.module.css";
import { lookAgain, ReadingState } from "../ReadingState.tsx";
import { t } from "./messages.ts";
import { CatalogProvidersDocument, type ProviderRowFragment, RefreshProviderDocument } from "./Providers.generated.ts";

/** What finds locations and entities by itself, and how that goes. */
export function ProvidersPage() {
  const query = useQuery({
    ...operation(CatalogProvidersDocument, {}),
    select: (answer) => rootField(answer, "catalogProviders"),
    refetchInterval: ({ state }) => lookAgain(state.data?.data.catalogProviders?.map(({ state }) => state) ?? []),
  });
  return (
    <>
      <IngestionTabs />
      <PageHead title={t("title")} text={t("text")} />
      <Fetched query={query} what={t("what")}>
        {(providers) => {
          if (providers === null) return <Forbidden permission="catalog.location.read" />;
          return providers.length === 0 ? (
            <Notice icon={Radar} title={t("noneTitle")} text={t("none")} />
          ) : (
            <Providers providers={providers} />
          );
        }}
      </Fetched>
    </>
  );
}

function Providers({ providers }: { providers: ProviderRowFragment[] }) {
  const columns = [
    { title: t("provider") },
    { title: t("found"), isWide: true },
    { title: t("looked"), isWide: true },
    { title: t("actions"), isSilent: true },
  ];
  return (
    <Table label={t("title")} columns={columns}>
      {providers.map((provider) => (
        <Row key={provider.id} provider={provider} />
      ))}
    </Table>
  );
}

function Row({ provider }: { provider: ProviderRowFragment }) {
  const { id, type, title, target, state, error, readAt, nextReadAt } = provider;
  const mayRefresh = useMay("catalog.location.create");
  const { mutate, isPending } = useOperation(RefreshProviderDocument);
  const refresh = () =>
    mutate(
      { input: { id } },
      {
        onSuccess: ({ refreshProvider }) => {
          const problem = refreshProvider?.provider?.error;
          if (problem) toast(t("failed", { title, reason: problem }), "danger");
          else toast(t("refreshed", { title }));
        },
        onError: (failure) => toast(t("failed", { title, reason: reason(failure) }), "danger"),
      },
    );
  return (
    <tr>
      <NameCell
        detail={target}
        narrow={
          <>
            <Found provider={provider} /> · {readAt ? <Time at={readAt} /> : t("never")}
          </>
        }
      >
        {title}
        <Badge>{type}</Badge>
        <ReadingState state={state} />
        {error !== null && (
          <p className={styles.error}>
            <Prose text={error} />
          </p>
        )}
      </NameCell>
      <Cell isWide isQuiet>
        <Found provider={provider} />
      </Cell>
      <Cell isWide isQuiet>
        {readAt ? <Time at={readAt} /> : t("never")}
        {nextReadAt && (
          <div>
            {t("next")} <Time at={nextReadAt} />
          </div>
        )}
      </Cell>
      <ActionsCell>
        {mayRefresh && (
          <Button size="small" disabled={isPending} aria-label={t("refreshLabel", { title })} onClick={refresh}>
            <RefreshCw size={14} aria-hidden />
            {t("refresh")}
          </Button>
        )}
      </ActionsCell>
    </tr>
  );
}

function Found({ provider: { id, locationCount, entityCount } }: { provider: ProviderRowFragment }) {
  return (
    <>
      {locationCount > 0 ? (
        <Link className="prose-link" target={paths.locations({ provider: id })}>
          {t("locations", { count: locationCount })}
        </Link>
      ) : (
        t("locations", { count: 0 })
      )}
      {entityCount > 0 && `, ${t("entities", { count: entityCount })}`}
    </>
  );
}
