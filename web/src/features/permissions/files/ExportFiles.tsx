import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { FailureNotice } from "#kit/FailureNotice.tsx";
import { rootField } from "#lib/graphql/request.ts";
import { saveFile } from "#lib/saveFile.ts";
import { Button } from "#ui/Button.tsx";
import { CodeBlock } from "#ui/CodeBlock.tsx";
import { Waiting } from "#ui/Waiting.tsx";
import { roleExport } from "../queries.ts";
import { t } from "./messages.ts";
import styles from "./RoleFiles.module.css";

/** The roles as files, to read, copy and keep. */
export function ExportFiles() {
  const { data, error, isPending, refetch } = useQuery({
    ...roleExport(),
    select: (answer) => rootField(answer, "exportRoles"),
  });
  if (error) return <FailureNotice what={t("what")} error={error} onRetry={() => refetch()} />;
  if (isPending) return <Waiting />;
  return (
    <div className={styles.form}>
      <p className={styles.quiet}>{t("exportText")}</p>
      <File label={t("csv")} name="rbac-policy.csv" type="text/csv" text={data?.csv ?? ""} />
      <File label={t("conditions")} name="rbac-conditions.yaml" type="application/yaml" text={data?.conditions ?? ""} />
    </div>
  );
}

function File({ label, name, type, text }: { label: string; name: string; type: string; text: string }) {
  return (
    <section className={styles.export}>
      <header>
        <h3>{label}</h3>
        <Button size="small" disabled={text.trim() === ""} onClick={() => saveFile(name, new Blob([text], { type }))}>
          <Download size={14} aria-hidden />
          {t("download", { file: name })}
        </Button>
      </header>
      {text.trim() === "" ? <p className={styles.quiet}>{t("empty")}</p> : <CodeBlock text={text} label={label} />}
    </section>
  );
}
