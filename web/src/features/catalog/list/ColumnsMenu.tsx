import { Columns3, RotateCcw } from "lucide-react";
import { useId } from "react";
import { MenuItem } from "#ui/MenuItem.tsx";
import { Popover } from "#ui/Popover.tsx";
import { type CatalogSearch, columnNames } from "./catalogSearch.ts";
import { useColumns, useToggleColumn } from "./columns.ts";
import { t } from "./messages.ts";
import { pagings, usePaging } from "./paging.ts";
import styles from "./ViewsMenu.module.css";
import { useUsualShares } from "./widths/useShares.ts";

/** Chooses what is told of an entity in its row, and how one goes through the rows. */
export function ColumnsMenu({ search }: { search: CatalogSearch }) {
  const shown = useColumns(search);
  const toggle = useToggleColumn(search);
  const { paging, choose } = usePaging();
  const name = useId();
  const widths = useUsualShares();
  return (
    <Popover label={t("columns")} isIcon trigger={<Columns3 size={14} aria-hidden />}>
      <fieldset className={styles.columns}>
        <legend className={styles.legend}>{t("columns")}</legend>
        {columnNames.map((column) => (
          <label key={column} className={styles.column}>
            <input type="checkbox" checked={shown.includes(column)} onChange={() => toggle(column)} />
            {t(`column_${column}`)}
          </label>
        ))}
      </fieldset>
      <fieldset className={styles.columns}>
        <legend className={styles.legend}>{t("paging")}</legend>
        {pagings.map((one) => (
          <label key={one} className={styles.column}>
            <input type="radio" name={name} checked={paging === one} onChange={() => choose(one)} />
            {t(`paging_${one}`)}
          </label>
        ))}
      </fieldset>
      {widths.isChanged && (
        <div className={styles.acts}>
          <MenuItem icon={RotateCcw} onClick={widths.reset}>
            {t("usualWidths")}
          </MenuItem>
        </div>
      )}
    </Popover>
  );
}
