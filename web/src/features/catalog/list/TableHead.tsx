import { ArrowDown, ArrowUp } from "lucide-react";
import { Link } from "#kit/Link.tsx";
import { t } from "../messages.ts";
import styles from "./CatalogTable.module.css";
import { type CatalogSearch, type ColumnName, nextSort, type SortName, sortNames } from "./catalogSearch.ts";
import { useListTarget } from "./listPlace.ts";
import { t as viewsText } from "./messages.ts";
import { SelectAll } from "./selection/Checks.tsx";
import type { RowSelection } from "./selection/useSelection.ts";
import { Resizer } from "./widths/Resizer.tsx";
import { shareStyle, type WideColumn } from "./widths/shares.ts";
import { useShares } from "./widths/useShares.ts";

const sortable: readonly string[] = sortNames;

interface TableHeadProps {
  columns: readonly ColumnName[];
  search: CatalogSearch;
  selection: RowSelection;
  /** It is the first of the rows that are counted. */
  isCounted: boolean;
}

/** The names of the columns, which sort by them, and the edges that make them wider. */
export function TableHead({ columns, search, selection, isCounted }: TableHeadProps) {
  const shown = ["name", ...columns] as const;
  const widths = useShares(shown);
  return (
    <thead>
      <tr aria-rowindex={isCounted ? 1 : undefined}>
        <th className={styles.check} scope="col">
          <SelectAll selection={selection} />
        </th>
        {shown.map((column, position) => (
          <th
            key={column}
            className={styles[column]}
            style={shareStyle(widths.shares, column)}
            data-column={column}
            scope="col"
            aria-sort={isSortable(column) ? orderOf(search, column) : undefined}
          >
            {isSortable(column) ? <SortLink column={column} search={search} /> : viewsText(`column_${column}`)}
            {position < columns.length && <Resizer column={column} title={titleOf(column)} widths={widths} />}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function titleOf(column: WideColumn): string {
  return column === "name" ? t("name") : viewsText(`column_${column}`);
}

function isSortable(column: WideColumn): column is SortName {
  return sortable.includes(column);
}

function orderOf({ sort = "name" }: CatalogSearch, column: SortName): "ascending" | "descending" | undefined {
  if (sort === column) return "ascending";
  return sort === `-${column}` ? "descending" : undefined;
}

function SortLink({ column, search }: { column: SortName; search: CatalogSearch }) {
  const target = useListTarget();
  const order = orderOf(search, column);
  const Arrow = order === "descending" ? ArrowDown : ArrowUp;
  return (
    <Link className={styles.sort} target={target(nextSort(search, column))} isInPlace data-sorted={order}>
      {t(column)}
      {order && <Arrow size={12} aria-hidden />}
    </Link>
  );
}
