import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { Card } from "#ui/Card.tsx";
import { CodeBlock } from "#ui/CodeBlock.tsx";
import action from "../CardAction.module.css";
import type { ContentsFragment } from "./Contents.generated.ts";
import styles from "./Contents.module.css";
import { ContentsTable } from "./ContentsTable.tsx";
import { t } from "./messages.ts";

interface ContentsCardsProps {
  reference: string;
  contents: ContentsFragment;
  /** How many parts it has of whatever kind. */
  parts: number;
}

/** What a system or a domain is made of: a table a kind, or what to do where there is nothing. */
export function ContentsCards({ reference, contents, parts }: ContentsCardsProps) {
  const { components, apis, resources, aiResources, systems, subdomains } = contents;
  const all = (kind: string) => paths.entity(reference, "relations", { type: "hasPart", kind });
  const told = [components, apis, resources, aiResources, systems, subdomains];
  const untold = parts - told.reduce((sum, one) => sum + (one?.totalCount ?? 0), 0);
  if (parts === 0) return <NoContents reference={reference} isDomain={systems !== undefined} />;
  return (
    <>
      {subdomains && (
        <ContentsTable
          title={t("subdomains")}
          count={subdomains.totalCount}
          rows={subdomains.nodes}
          all={all("domain")}
          counts={[
            { title: t("systems"), kind: "system", of: (row) => row.systems?.totalCount },
            { title: t("subdomains"), kind: "domain", of: (row) => row.subdomains?.totalCount },
          ]}
        />
      )}
      {systems && (
        <ContentsTable
          title={t("systems")}
          count={systems.totalCount}
          rows={systems.nodes}
          all={all("system")}
          counts={[
            { title: t("components"), kind: "component", of: (row) => row.components?.totalCount },
            { title: t("apis"), kind: "api", of: (row) => row.apis?.totalCount },
            { title: t("resources"), kind: "resource", of: (row) => row.resources?.totalCount },
          ]}
        />
      )}
      {components && (
        <ContentsTable
          title={t("components")}
          count={components.totalCount}
          rows={components.nodes}
          all={all("component")}
        />
      )}
      {apis && <ContentsTable title={t("apis")} count={apis.totalCount} rows={apis.nodes} all={all("api")} />}
      {resources && (
        <ContentsTable
          title={t("resources")}
          count={resources.totalCount}
          rows={resources.nodes}
          all={all("resource")}
        />
      )}
      {aiResources && (
        <ContentsTable
          title={t("aiResources")}
          count={aiResources.totalCount}
          rows={aiResources.nodes.flatMap(({ target }) => target ?? [])}
          all={all("airesource")}
        />
      )}
      {untold > 0 && (
        <p className={styles.other}>
          <Link className={action.action} target={paths.entity(reference, "relations", { type: "hasPart" })}>
            {t("other", { count: untold })}
          </Link>
        </p>
      )}
    </>
  );
}

function NoContents({ reference, isDomain }: { reference: string; isDomain: boolean }) {
  const name = reference.replace(/^[^:]*:(default\/)?/, "");
  const snippet = `spec:\n  ${isDomain ? "domain" : "system"}: ${name}\n`;
  return (
    <Card title={t(isDomain ? "systems" : "components")} count={0}>
      <div className={styles.empty}>
        <p>{t("empty")}</p>
        <p>{t("emptyHint")}</p>
        <CodeBlock text={snippet} label="YAML" />
      </div>
    </Card>
  );
}
