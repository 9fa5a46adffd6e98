import { useQuery } from "@tanstack/react-query";
import { CircleUserRound } from "lucide-react";
import { operation } from "#kit/query.ts";
import { defineMessages } from "#lib/i18n/messages.ts";
import styles from "./Shell.module.css";
import { ViewerDocument } from "./Viewer.generated.ts";

const t = defineMessages("account", { anonymous: "Not signed in" });

/** Who the server takes the reader for. */
export function Account() {
  const { data, isPending } = useQuery(operation(ViewerDocument, {}));
  const viewer = data?.data.viewer;
  if (isPending) return <div className={styles.account} />;
  if (!viewer) {
    return (
      <div className={styles.account} title={t("anonymous")}>
        <CircleUserRound size={24} strokeWidth={1.25} aria-hidden />
        <span className={`${styles.who} ${styles.label}`}>{t("anonymous")}</span>
      </div>
    );
  }
  return (
    <div className={styles.account} title={viewer.ref}>
      <span className={styles.avatar} aria-hidden="true">
        {viewer.displayName.slice(0, 1).toUpperCase()}
      </span>
      <span className={`${styles.who} ${styles.label}`}>{viewer.displayName}</span>
    </div>
  );
}
