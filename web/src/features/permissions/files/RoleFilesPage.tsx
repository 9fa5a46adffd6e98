import { useQuery } from "@tanstack/react-query";
import { Fetched } from "#kit/Fetched.tsx";
import { PageHead } from "#kit/PageHead.tsx";
import { Card } from "#ui/Card.tsx";
import { roleImportRights } from "../queries.ts";
import { ExportFiles } from "./ExportFiles.tsx";
import { ImportForm } from "./ImportForm.tsx";
import { t } from "./messages.ts";
import styles from "./RoleFiles.module.css";

/** Roles as files: to bring them along, and to take them elsewhere. */
export function RoleFilesPage() {
  const query = useQuery(roleImportRights());
  return (
    <>
      <PageHead title={t("title")} text={t("text")} />
      <div className={styles.columns}>
        <Card title={t("import")}>
          <Fetched query={query} what={t("whatImport")}>
            {({ data }) =>
              data.viewerCanImportRoles ? <ImportForm /> : <p className={styles.quiet}>{t("refused")}</p>
            }
          </Fetched>
        </Card>
        <Card title={t("export")}>
          <ExportFiles />
        </Card>
      </div>
    </>
  );
}
