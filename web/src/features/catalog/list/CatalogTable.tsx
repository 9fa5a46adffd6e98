import { Fragment, type HTMLAttributes, type Ref } from "react";
import { useListedShortcut } from "#lib/shortcuts.ts";
import { t } from "../messages.ts";
import type { CatalogRowFragment } from "./CatalogList.generated.ts";
import { CatalogRow, PendingRow } from "./CatalogRow.tsx";
import styles from "./CatalogTable.module.css";
import type { CatalogSearch } from "./catalogSearch.ts";
import { useColumns } from "./columns.ts";
import { useReadTimes } from "./readTimes.ts";
import type { RowSelection } from "./selection/useSelection.ts";
import { TableHead } from "./TableHead.tsx";

/** Some rows of a list that is scrolled through. */
interface TablePart {
  /** The place in the list of each of the rows, in order. */
  rows: readonly number[];
  /** How many there are in all. */
  count: number;
  rowHeight: number;
}

interface CatalogTableProps {
  /** The rows to draw; those that are on their way are missing. */
  entities: readonly (CatalogRowFragment | undefined)[];
  /** Those that are known, of which more may be told. */
  known: readonly CatalogRowFragment[];
  search: CatalogSearch;
  selection: RowSelection;
  /** The rows belong to the list before; the ones asked for are on their way. */
  isStale: boolean;
  /** They have been for long enough to show it. */
  isFaded: boolean;
  part?: TablePart;
  body: HTMLAttributes<HTMLTableSectionElement> & { ref?: Ref<HTMLTableSectionElement> };
}

/** Rows of the catalog: a page of it, or what is in sight of all of it. */
export function CatalogTable(props: CatalogTableProps) {
  const { entities, known, search, selection, isStale, isFaded, part, body } = props;
  useListedShortcut("j", t("nextRow"));
  useListedShortcut("k", t("previousRow"));
  const columns = useColumns(search);
  const readTimes = useReadTimes(known, columns.includes("read"));
  const look = [styles.table, isFaded && styles.faded].filter(Boolean).join(" ");
  const width = columns.length + 2;
  const indexes = part?.rows ?? [];
  const drawn = new Set<string>();
  return (
    <div className={styles.container}>
      <table
        className={look}
        aria-label={t("catalog")}
        aria-busy={isStale}
        data-selecting={selection.state === "none" ? undefined : true}
        aria-rowcount={part ? part.count + 1 : undefined}
      >
        <TableHead columns={columns} search={search} selection={selection} isCounted={part !== undefined} />
        <tbody {...body}>
          {entities.map((entity, position) => {
            const index = indexes[position];
            const room = part && index !== undefined ? index - (indexes[position - 1] ?? -1) - 1 : 0;
            // While a list moves one may be in two of its parts.
            const isTwice = entity !== undefined && drawn.has(entity.ref);
            if (entity) drawn.add(entity.ref);
            return (
              <Fragment key={entity && !isTwice ? entity.ref : index}>
                <Room rows={room} part={part} width={width} />
                {entity ? (
                  <CatalogRow
                    entity={entity}
                    columns={columns}
                    readAt={readTimes.get(entity.ref)}
                    selection={selection}
                    index={index}
                  />
                ) : (
                  <PendingRow columns={columns} index={index} />
                )}
              </Fragment>
            );
          })}
          <Room rows={part ? part.count - 1 - (indexes.at(-1) ?? -1) : 0} part={part} width={width} />
        </tbody>
      </table>
    </div>
  );
}

/** The place of rows that are not drawn. */
function Room({ rows, part, width }: { rows: number; part: TablePart | undefined; width: number }) {
  if (!part || rows <= 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
    <tr className={styles.room} aria-hidden="true">
      <td colSpan={width} style={{ height: rows * part.rowHeight }} />
    </tr>
  );
}
