import { CopyButton } from "#ui/CopyButton.tsx";
import styles from "./Inspect.module.css";
import { Inspected } from "./Inspected.tsx";
import { t } from "./messages.ts";

/** By what an entity is known, to people and to programs. */
export function OverviewPart({ reference }: { reference: string }) {
  return (
    <Inspected reference={reference}>
      {({ ref, kind, apiVersion, namespace, name, uid, etag, id }) => (
        <dl className={styles.lines}>
          <Line name={t("reference")} value={ref} isCopied />
          <Line name={t("kind")} value={kind} />
          <Line name={t("apiVersion")} value={apiVersion} />
          <Line name={t("namespace")} value={namespace} />
          <Line name={t("name")} value={name} />
          <Line name={t("uid")} value={uid} hint={t("uidHint")} isCopied />
          <Line name={t("etag")} value={etag} hint={t("etagHint")} isCopied />
          <Line name={t("id")} value={id} hint={t("idHint")} isCopied />
        </dl>
      )}
    </Inspected>
  );
}

interface LineProps {
  name: string;
  value: string;
  hint?: string;
  isCopied?: boolean;
}

function Line({ name, value, hint, isCopied = false }: LineProps) {
  return (
    <div className={styles.line}>
      <dt>
        {name}
        {hint && <span className={styles.hint}>{hint}</span>}
      </dt>
      <dd className={styles.code}>
        <span>{value}</span>
        {isCopied && <CopyButton text={value} what={name} />}
      </dd>
    </div>
  );
}
