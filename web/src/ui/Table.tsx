import type { ReactNode } from "react";
import styles from "./Table.module.css";

/** A column: its name, and from which width of the table on it is shown. */
interface Column {
  title: string;
  /** Read aloud, not seen. */
  isSilent?: boolean;
  /** Gone where the table is narrow; say it in the first column there, with `NarrowOnly`. */
  isWide?: boolean;
  isNumber?: boolean;
}

interface TableProps {
  label: string;
  columns: readonly Column[];
  isBusy?: boolean;
  children?: ReactNode;
}

/** Rows of things, with a header. */
export function Table({ label, columns, isBusy = false, children }: TableProps) {
  return (
    <div className={styles.container}>
      <table className={styles.table} aria-label={label} aria-busy={isBusy || undefined}>
        <thead>
          <tr>
            {columns.map(({ title, isSilent, isWide, isNumber }) => (
              <th key={title} scope="col" className={cellClass({ isWide, isNumber })}>
                {isSilent ? <span className="visually-hidden">{title}</span> : title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

interface CellProps {
  isWide?: boolean | undefined;
  isNumber?: boolean | undefined;
  isQuiet?: boolean | undefined;
  children?: ReactNode;
}

/** A cell, under a column of the same width and kind. */
export function Cell({ children, ...look }: CellProps) {
  return <td className={cellClass(look)}>{children}</td>;
}

function cellClass({ isWide, isNumber, isQuiet }: Omit<CellProps, "children">): string | undefined {
  const names = [isWide && styles.wide, isNumber && styles.number, isQuiet && styles.quiet].filter(Boolean);
  return names.join(" ") || undefined;
}

/** The first cell of a row: what it is, and under it what else is worth a line. */
export function NameCell({
  children,
  detail,
  narrow,
}: {
  children?: ReactNode;
  detail?: ReactNode;
  narrow?: ReactNode;
}) {
  return (
    <td className={styles.name}>
      <div className={styles.first}>{children}</div>
      {detail && <div className={styles.detail}>{detail}</div>}
      {narrow && <div className={`${styles.detail} ${styles.narrow}`}>{narrow}</div>}
    </td>
  );
}

/** The last cell of a row: what can be done with it. */
export function ActionsCell({ children }: { children?: ReactNode }) {
  return (
    <td className={styles.actionsCell}>
      <div className={styles.actions}>{children}</div>
    </td>
  );
}
