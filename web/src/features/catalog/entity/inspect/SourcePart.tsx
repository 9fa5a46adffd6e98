import type { ReactNode } from "react";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { linkAddress } from "#lib/linkAddress.ts";
import { Badge } from "#ui/Badge.tsx";
import { CopyButton } from "#ui/CopyButton.tsx";
import { Prose } from "#ui/Prose.tsx";
import { Time } from "#ui/Time.tsx";
import { ReadingState } from "../../ReadingState.tsx";
import styles from "./Inspect.module.css";
import { Inspected, type InspectedEntity } from "./Inspected.tsx";
import { t } from "./messages.ts";

/** Where an entity comes from, and how reading it goes. */
export function SourcePart({ reference }: { reference: string }) {
  return <Inspected reference={reference}>{(entity) => <Source entity={entity} />}</Inspected>;
}

function Source({ entity }: { entity: InspectedEntity }) {
  const { ingestion, sourceLocation, viewUrl, editUrl } = entity;
  const { location, origin, readAt, stale, catalogLocation } = ingestion;
  return (
    <dl className={styles.lines}>
      <Line name={t("managedBy")} hint={t("managedByHint")}>
        <Place text={location} what={t("managedBy")} />
      </Line>
      <Line name={t("originLocation")} hint={t("originHint")}>
        <Place text={origin} what={t("originLocation")} />
        {catalogLocation &&
          (origin.startsWith("provider:") ? (
            <Link className="prose-link" target={paths.catalogProviders()}>
              {t("openProviders")}
            </Link>
          ) : (
            <Link className="prose-link" target={paths.locations({ text: catalogLocation.target })}>
              {t("openLocations")}
            </Link>
          ))}
      </Line>
      <Line name={t("sourceCode")}>
        {sourceLocation ? <Place text={sourceLocation} what={t("sourceCode")} /> : t("none")}
      </Line>
      <Line name={t("view")}>{viewUrl ? <Place text={viewUrl} what={t("view")} /> : t("none")}</Line>
      <Line name={t("edit")}>{editUrl ? <Place text={editUrl} what={t("edit")} /> : t("none")}</Line>
      <Line name={t("lastRead")}>
        {readAt ? <Time at={readAt} /> : t("never")}
        {catalogLocation && <ReadingState state={catalogLocation.state} />}
      </Line>
      {catalogLocation?.nextReadAt && (
        <Line name={t("nextRead")}>
          <Time at={catalogLocation.nextReadAt} />
        </Line>
      )}
      <Line name={t("state")}>{stale ? <Badge tone="danger">{t("stale")}</Badge> : t("fresh")}</Line>
      <Line name={t("problems")}>
        <Problems entity={entity} />
      </Line>
    </dl>
  );
}

function Problems({ entity: { status, conflicts, ingestion } }: { entity: InspectedEntity }) {
  const { error, catalogLocation } = ingestion;
  const below = catalogLocation?.problemCount ?? 0;
  // What failed the reading is among the status, too.
  const messages = [...new Set([...(error ? [error] : []), ...status.map(({ message }) => message)])];
  if (messages.length + conflicts.length + below === 0) return t("noProblems");
  return (
    <ul className={styles.problems}>
      {messages.map((message) => (
        <li key={message}>
          <Prose text={message} />
        </li>
      ))}
      {conflicts.map(({ loser, document }) => (
        <li key={`${loser} ${document}`}>{t("conflict", { loser })}</li>
      ))}
      {below > 0 && (
        <li>
          <Link className="prose-link" target={paths.catalogProblems()}>
            {t("problemsBelow", { count: below })}
          </Link>
        </li>
      )}
    </ul>
  );
}

function Line({ name, hint, children }: { name: string; hint?: string; children: ReactNode }) {
  return (
    <div className={styles.line}>
      <dt>
        {name}
        {hint && <span className={styles.hint}>{hint}</span>}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

/** An address, followed where it leads somewhere: `url:` stands before those of locations. */
function Place({ text, what }: { text: string; what: string }) {
  const address = linkAddress(text.replace(/^(url|git):(?=https?:)/, ""));
  return (
    <span className={styles.code}>
      {address ? (
        <a className="prose-link" href={address} target="_blank" rel="noreferrer">
          {text}
        </a>
      ) : (
        <span>{text}</span>
      )}
      <CopyButton text={text} what={what} />
    </span>
  );
}
