import { exactTime } from "#lib/i18n/time.ts";
import { CopyButton } from "#ui/CopyButton.tsx";
import { Prose } from "#ui/Prose.tsx";
import type { AuditRowFragment } from "./AuditLog.generated.ts";
import styles from "./AuditPage.module.css";
import { diffLines } from "./diffLines.ts";
import { t } from "./messages.ts";

/** Everything that is known of an event. */
export function AuditDetails({ event }: { event: AuditRowFragment }) {
  const { at, access, address, userAgent, requestId, message, changes } = event;
  const facts = [
    [t("exactly"), exactTime(new Date(at))],
    [t("access"), access],
    [t("address"), address],
    [t("userAgent"), userAgent],
  ] as const;
  return (
    <div className={styles.details}>
      {message && (
        <p>
          <Prose text={message} />
        </p>
      )}
      <dl className={styles.facts}>
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        {requestId && (
          <div>
            <dt>{t("requestId")}</dt>
            <dd className={styles.mono}>
              {requestId} <CopyButton text={requestId} what={t("requestId")} />
            </dd>
          </div>
        )}
      </dl>
      {changes.length === 0 ? (
        <p className={styles.quiet}>{t("noChanges")}</p>
      ) : (
        <div className={styles.changes}>
          <h2>{t("changes")}</h2>
          {changes.map((change) => (
            <Change key={change.path} change={change} at={at} />
          ))}
        </div>
      )}
    </div>
  );
}

interface ChangeProps {
  change: AuditRowFragment["changes"][number];
  at: string;
}

function Change({ change: { path, before, after }, at }: ChangeProps) {
  const label = path === "" ? t("whole") : path;
  return (
    <figure className={styles.change}>
      <figcaption>{label}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className={styles.diff} tabIndex={0} aria-label={`${label}, ${exactTime(new Date(at))}`}>
        <pre>
          {diffLines(before, after).map(({ sign, text }, position) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a record never changes
            <span key={position} className={styles.diffLine} data-sign={sign}>
              {`${sign} ${text}\n`}
            </span>
          ))}
        </pre>
      </section>
    </figure>
  );
}
