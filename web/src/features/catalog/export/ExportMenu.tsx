import { Braces, Download, FileCode, Table2 } from "lucide-react";
import { useState } from "react";
import type { ButtonLook } from "#ui/Button.tsx";
import { MenuItem } from "#ui/MenuItem.tsx";
import { Popover } from "#ui/Popover.tsx";
import type { Wanted } from "./collectEntities.ts";
import styles from "./ExportDialog.module.css";
import { ExportDialog } from "./ExportDialog.tsx";
import type { ExportFormat } from "./formats.ts";
import { t } from "./messages.ts";

const formats = [
  { format: "csv", icon: Table2 },
  { format: "json", icon: Braces },
  { format: "yaml", icon: FileCode },
] as const;

/** Takes the whole list, or some of its rows, along as a file. */
export function ExportMenu({ search, refs, ...look }: Wanted & ButtonLook) {
  const [format, setFormat] = useState<ExportFormat | null>(null);
  return (
    <>
      <Popover
        {...look}
        label={t("export")}
        trigger={
          <>
            <Download size={14} aria-hidden />
            <span className={styles.label}>{t("export")}</span>
          </>
        }
      >
        {formats.map(({ format, icon }) => (
          <MenuItem key={format} icon={icon} onClick={() => setFormat(format)}>
            {t(format)}
          </MenuItem>
        ))}
      </Popover>
      {format && <ExportDialog format={format} search={search} refs={refs} onClose={() => setFormat(null)} />}
    </>
  );
}
