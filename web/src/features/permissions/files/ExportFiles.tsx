import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { Fetched } from "#kit/Fetched.tsx";
import { rootField } from "#lib/graphql/request.ts";
import { saveFile } from "#lib/saveFile.ts";
import { Button } from "#ui/Button.tsx";
import { CodeBlock } from "#ui/CodeBlock.tsx";
import { roleExport } from "../queries.ts";
import { t } from "./messages.ts";
import styles from "./RoleFiles.module.css";

/** The roles as files, to read, copy and keep. */
export function ExportFiles() {
  const query = useQuery({ ...roleExport(), select: (answer) => rootField(answer, "exportRoles") });
  return (
    <Fetched query={query} what={t("what")}>
      {(files) => (
        <div className={styles.form}>
          <p className={styles.quiet}>{t("exportText")}</p>
          <File label={t("csv")} name="rbac-policy.csv" type="text/csv" text={files?.csv ?? ""} empty={t("emptyCsv")} />
          <File
            label={t("conditions")}
            name="rbac-conditions.yaml"
            type="application/yaml"
            text={files?.conditions ?? ""}
            empty={t("emptyConditions")}
          />
        </div>
      )}
    </Fetched>
  );
}

interface FileProps {
  label: string;
  name: string;
  type: string;
  text: string;
  /** What to say where there is nothing in it. */
  empty: string;
}

function File({ label, name, type, text, empty }: FileProps) {
  return (
    <section className={styles.export}>
      <header>
        <h3>{label}</h3>
        <Button size="small" disabled={text.trim() === ""} onClick={() => saveFile(name, new Blob([text], { type }))}>
          <Download size={14} aria-hidden />
          {t("download", { file: name })}
        </Button>
      </header>
      {text.trim() === "" ? <p className={styles.quiet}>{empty}</p> : <CodeBlock text={text} label={label} />}
    </section>
  );
}
