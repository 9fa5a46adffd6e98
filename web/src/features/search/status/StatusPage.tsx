import { useQuery } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { Fetched } from "#kit/Fetched.tsx";
import { Forbidden } from "#kit/Forbidden.tsx";
import { useOperation } from "#kit/mutation.ts";
import { PageHead } from "#kit/PageHead.tsx";
import { usePageQuery } from "#kit/pageQuery.ts";
import { useMay } from "#kit/permissions.ts";
import { operation } from "#kit/query.ts";
import { reason } from "#lib/graphql/failure.ts";
import { rootField } from "#lib/graphql/request.ts";
import { formatNumber } from "#lib/i18n/messages.ts";
import { sizeOf } from "#lib/size.ts";
import { Badge } from "#ui/Badge.tsx";
import { Button } from "#ui/Button.tsx";
import { Banner } from "#ui/Notice.tsx";
import { Prose } from "#ui/Prose.tsx";
import { Cell, NameCell, Table } from "#ui/Table.tsx";
import { Time } from "#ui/Time.tsx";
import { toast } from "#ui/toasts.ts";
import { t } from "./messages.ts";
import { RebuildSearchDocument, SearchStatusDocument, type SearchStatusQuery } from "./SearchStatus.generated.ts";
import styles from "./StatusPage.module.css";

type Status = NonNullable<SearchStatusQuery["searchIndexStatus"]>;

/** While it is built anew, one likes to see it grow. */
const soon = 1500;

/** How the index is, for those who look after the portal. */
export function StatusPage() {
  const status = operation(SearchStatusDocument, {});
  usePageQuery(status);
  const query = useQuery({
    ...status,
    select: (answer) => rootField(answer, "searchIndexStatus"),
    refetchInterval: ({ state }) => (state.data?.data.searchIndexStatus?.rebuilding ? soon : false),
  });
  return (
    <>
      <PageHead
        title={t("title")}
        text={t("text")}
        actions={<RebuildButton isBusy={query.data?.rebuilding ?? false} />}
      />
      <Fetched query={query} what={t("what")}>
        {(status) => (status ? <Index status={status} /> : <Forbidden permission="search.index.read" />)}
      </Fetched>
    </>
  );
}

function RebuildButton({ isBusy }: { isBusy: boolean }) {
  const may = useMay("search.index.rebuild");
  const { mutate, isPending } = useOperation(RebuildSearchDocument);
  if (!may) return null;
  const rebuild = () =>
    mutate(
      {},
      {
        onSuccess: () => toast(t("rebuildAsked")),
        onError: (error) => toast(t("rebuildFailed", { reason: reason(error) }), "danger"),
      },
    );
  return (
    <Button disabled={isPending || isBusy} onClick={rebuild}>
      <RefreshCw size={14} aria-hidden />
      {isBusy ? t("rebuilding") : t("rebuild")}
    </Button>
  );
}

function Index({ status: { engine, documents, bytes, types, rebuiltAt, error } }: { status: Status }) {
  const facts = [
    [t("engine"), engine],
    [t("documents"), formatNumber(documents)],
    [t("size"), bytes === null ? t("unknown") : sizeOf(bytes)],
    [t("rebuilt"), rebuiltAt === null ? t("never") : <Time key="time" at={rebuiltAt} />],
  ] as const;
  return (
    <>
      {error !== null && (
        <div className={styles.fault} role="alert">
          <Banner tone="danger">
            <Prose text={error} />
          </Banner>
        </div>
      )}
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Table
        label={t("title")}
        columns={[{ title: t("type") }, { title: t("documents"), isNumber: true }, { title: t("state") }]}
      >
        {types.map((type) => (
          <TypeRow key={type.name} type={type} />
        ))}
      </Table>
    </>
  );
}

function TypeRow({ type: { name, title, documents, complete, error } }: { type: Status["types"][number] }) {
  const [tone, text] =
    error !== null
      ? (["danger", t("failed")] as const)
      : complete
        ? (["ok", t("complete")] as const)
        : (["neutral", t("reading")] as const);
  return (
    <tr>
      <NameCell detail={error === null ? name : <Prose text={error} />}>{title}</NameCell>
      <Cell isNumber>{formatNumber(documents)}</Cell>
      <Cell>
        <Badge tone={tone}>{text}</Badge>
      </Cell>
    </tr>
  );
}
