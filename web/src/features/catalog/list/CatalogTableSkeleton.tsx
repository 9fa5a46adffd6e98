import { Skeleton } from "#ui/Skeleton.tsx";
import { t } from "../messages.ts";
import styles from "./CatalogTable.module.css";
import type { CatalogSearch } from "./catalogSearch.ts";
import { useColumns } from "./columns.ts";
import { t as viewsText } from "./messages.ts";
import { shareStyle } from "./widths/shares.ts";
import { useShares } from "./widths/useShares.ts";

const skeletonWidths = [46, 62, 38, 54, 70, 42, 58, 50, 66, 44];

/** The shape of the table while its rows are on their way; holds the place before it shows. */
export function CatalogTableSkeleton({ search, isVisible }: { search: CatalogSearch; isVisible: boolean }) {
  const columns = ["name", ...useColumns(search)] as const;
  const { shares } = useShares(columns);
  return (
    <div className={styles.container}>
      <table className={styles.table} aria-hidden="true">
        <thead>
          <tr>
            <th className={styles.check} />
            {columns.map((column) => (
              <th key={column} className={styles[column]} style={shareStyle(shares, column)}>
                {isVisible && (column === "name" ? t(column) : viewsText(`column_${column}`))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {skeletonWidths.map((width) => (
            <tr key={width}>
              <td className={styles.check} />
              {columns.map((column) => (
                <td key={column} className={styles[column]}>
                  {isVisible && <Skeleton width={`${column === "name" ? width : width - 10}%`} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
