import { PageHead } from "#kit/PageHead.tsx";
import { useGranted } from "#kit/permissions.ts";
import { Card } from "#ui/Card.tsx";
import { ExportFiles } from "./ExportFiles.tsx";
import { ImportForm } from "./ImportForm.tsx";
import { t } from "./messages.ts";
import styles from "./RoleFiles.module.css";

/** Roles as files: to bring them along, and to take them elsewhere. */
export function RoleFilesPage() {
  const granted = useGranted();
  const mayImport = granted?.has("policy.entity.create") && granted.has("policy.entity.update");
  return (
    <>
      <PageHead title={t("title")} text={t("text")} />
      <div className={styles.columns}>
        <Card title={t("import")}>{mayImport ? <ImportForm /> : <p className={styles.quiet}>{t("refused")}</p>}</Card>
        <Card title={t("export")}>
          <ExportFiles />
        </Card>
      </div>
    </>
  );
}
