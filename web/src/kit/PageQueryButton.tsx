import { Braces } from "lucide-react";
import { defineMessages } from "#lib/i18n/messages.ts";
import { buttonClass } from "#ui/Button.tsx";
import { Popover } from "#ui/Popover.tsx";
import styles from "./PageQueryButton.module.css";
import { type PageQuery, usePageQueries } from "./pageQuery.ts";
import { addressOf, paths } from "./paths.ts";

const t = defineMessages("pageQuery", {
  label: "Query for this page",
  which: "The queries of this page, in the query editor",
});

/** Opens what the page asks the server in the query editor; nothing on a page that asks nothing of its own. */
export function PageQueryButton() {
  const queries = usePageQueries();
  const [first] = queries;
  if (!first) return null;
  const look = { isIcon: true } as const;
  const icon = <Braces size={14} aria-hidden />;
  if (queries.length === 1) {
    return (
      <a className={buttonClass(look)} href={addressOfQuery(first)} aria-label={t("label")} title={t("label")}>
        {icon}
      </a>
    );
  }
  return (
    <Popover label={t("label")} trigger={icon} {...look}>
      <p className={styles.head}>{t("which")}</p>
      <ul>
        {queries.map((query) => (
          <li key={`${query.name} ${JSON.stringify(query.variables)}`}>
            <a className={styles.query} href={addressOfQuery(query)}>
              {query.name}
            </a>
          </li>
        ))}
      </ul>
    </Popover>
  );
}

function addressOfQuery({ document, variables }: PageQuery): string {
  return addressOf(paths.graphiql(document, variables));
}
