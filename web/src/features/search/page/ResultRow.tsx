import { ExternalLink } from "lucide-react";
import { Suspense, use } from "react";
import { EntityChip } from "#kit/entity/EntityChip.tsx";
import { FeaturesContext, viewOf } from "#kit/feature.ts";
import { Link } from "#kit/Link.tsx";
import { PluginBoundary } from "#kit/PluginBoundary.tsx";
import { targetOf } from "#kit/paths.ts";
import { linkAddress } from "#lib/linkAddress.ts";
import { Time } from "#ui/Time.tsx";
import { t } from "../messages.ts";
import { catalogType, ResultIcon } from "../resultIcon.tsx";
import { Marked } from "./Marked.tsx";
import type { SearchRowFragment } from "./Search.generated.ts";
import styles from "./SearchPage.module.css";

/** One thing that was found: what it is, where the words are, and what it belongs to. */
export function ResultRow({ result }: { result: SearchRowFragment }) {
  const { type, text, entity, updatedAt } = result;
  return (
    <li className={styles.result}>
      <span className={styles.icon}>
        <ResultIcon type={type} reference={entity?.ref} />
      </span>
      <div className={styles.words}>
        <h2 className={styles.title}>
          <Title result={result} />
          <PluginView result={result} />
        </h2>
        {text !== "" && (
          <p className={styles.text}>
            <Marked result={result} field="TEXT" />
          </p>
        )}
        <p className={styles.about}>
          {entity &&
            (type === catalogType ? <span className={styles.ref}>{entity.ref}</span> : <EntityChip entity={entity} />)}
          {updatedAt && (
            <span>
              {t("changed")} <Time at={updatedAt} />
            </span>
          )}
        </p>
      </div>
    </li>
  );
}

function Title({ result }: { result: SearchRowFragment }) {
  const { location } = result;
  const title = <Marked result={result} field="TITLE" />;
  if (isPath(location)) {
    return (
      <Link target={targetOf(location)} data-result-link>
        {title}
      </Link>
    );
  }
  const address = linkAddress(location);
  if (address === undefined) return title;
  return (
    <a href={address} rel="noopener noreferrer" data-result-link>
      {title}
      <ExternalLink size={12} aria-hidden />
    </a>
  );
}

/** What the plugin that it is of says more about it; where that breaks, the result is as it is without. */
function PluginView({ result: { type, title, location, entity } }: { result: SearchRowFragment }) {
  const result = { source: `search.${type}`, id: type === catalogType && entity ? entity.ref : location, title };
  const view = viewOf(use(FeaturesContext), result);
  if (!view) return null;
  return (
    <span className={styles.view}>
      <PluginBoundary plugin={view.plugin} resetKey={result.id}>
        <Suspense fallback={null}>
          <view.component result={result} />
        </Suspense>
      </PluginBoundary>
    </span>
  );
}

/** Whether it is a page of this portal; `//host` and `/\\host` lead elsewhere. */
function isPath(location: string): boolean {
  return /^\/(?![/\\])/.test(location);
}
