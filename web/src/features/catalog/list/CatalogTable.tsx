import { ArrowDown, ArrowUp, TriangleAlert } from "lucide-react";
import type { Ref } from "react";
import { EntityChip } from "#kit/entity/EntityChip.tsx";
import { KindIcon } from "#kit/entity/KindIcon.tsx";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { useListedShortcut } from "#lib/shortcuts.ts";
import { Badge } from "#ui/Badge.tsx";
import { Skeleton } from "#ui/Skeleton.tsx";
import { Time } from "#ui/Time.tsx";
import { LifecycleBadge } from "../LifecycleBadge.tsx";
import { t } from "../messages.ts";
import { StarButton } from "../stars/StarButton.tsx";
import type { CatalogRowFragment } from "./CatalogList.generated.ts";
import styles from "./CatalogTable.module.css";
import { type CatalogSearch, type ColumnName, nextSort, type SortName, sortNames } from "./catalogSearch.ts";
import { useColumns } from "./columns.ts";
import { useListTarget } from "./listPlace.ts";
import { t as viewsText } from "./messages.ts";
import { useReadTimes } from "./readTimes.ts";
import { walkRows } from "./rowFocus.ts";
import { RowCheck, SelectAll } from "./selection/Checks.tsx";
import type { Selection } from "./selection/useSelection.ts";

const shownTags = 2;
const sortable: readonly string[] = sortNames;

interface CatalogTableProps {
  /** The rows in sight; those that are on their way are missing. */
  entities: readonly (CatalogRowFragment | undefined)[];
  search: CatalogSearch;
  selection: Selection;
  /** The rows belong to the list before; the ones asked for are on their way. */
  isStale: boolean;
  /** They have been for long enough to show it. */
  isFaded: boolean;
  /** Where these are some rows of a list that is scrolled through: which, of how many, and how high one is. */
  part?: { from: number; count: number; rowHeight: number };
  body?: Ref<HTMLTableSectionElement>;
}

/** Rows of the catalog: a page of it, or what is in sight of all of it. */
export function CatalogTable({ entities, search, selection, isStale, isFaded, part, body }: CatalogTableProps) {
  useListedShortcut("j", t("nextRow"));
  useListedShortcut("k", t("previousRow"));
  const columns = useColumns(search);
  const shown = entities.flatMap((entity) => entity ?? []);
  const readTimes = useReadTimes(shown, columns.includes("read"));
  const look = [styles.table, isFaded && styles.faded, part && styles.scrolled].filter(Boolean).join(" ");
  return (
    <div className={styles.container}>
      <table
        className={look}
        aria-label={t("catalog")}
        aria-busy={isStale}
        aria-rowcount={part ? part.count + 1 : undefined}
      >
        <thead>
          <tr aria-rowindex={part ? 1 : undefined}>
            <th className={styles.check} scope="col">
              <SelectAll rows={shown} selection={selection} />
            </th>
            {(["name", ...columns] as const).map((column) =>
              isSortable(column) ? (
                <SortHeader key={column} column={column} search={search} />
              ) : (
                <th key={column} className={styles[column]} scope="col">
                  {viewsText(`column_${column}`)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={walkRows}>
          {part && part.from > 0 && <Space height={part.from * part.rowHeight} columns={columns.length + 2} />}
          {entities.map((entity, position) => {
            const index = part ? part.from + position + 2 : undefined;
            if (!entity) return <PendingRow key={index} columns={columns} index={index} />;
            return (
              <Row
                key={entity.ref}
                entity={entity}
                columns={columns}
                readAt={readTimes.get(entity.ref)}
                selection={selection}
                all={shown}
                index={index}
              />
            );
          })}
          {part && (
            <Space height={(part.count - part.from - entities.length) * part.rowHeight} columns={columns.length + 2} />
          )}
        </tbody>
      </table>
    </div>
  );
}

function isSortable(column: ColumnName | "name"): column is SortName {
  return sortable.includes(column);
}

/** The place of rows that are not in sight. */
function Space({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
    <tr className={styles.space} aria-hidden="true">
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}

function PendingRow({ columns, index }: { columns: readonly ColumnName[]; index: number | undefined }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
    <tr aria-rowindex={index} aria-hidden="true">
      <td className={styles.check} />
      {(["name", ...columns] as const).map((column) => (
        <td key={column} className={styles[column]}>
          <Skeleton width="60%" />
        </td>
      ))}
    </tr>
  );
}

function SortHeader({ column, search }: { column: SortName; search: CatalogSearch }) {
  const target = useListTarget();
  const sort = search.sort ?? "name";
  const order = sort === column ? "ascending" : sort === `-${column}` ? "descending" : undefined;
  const Arrow = order === "descending" ? ArrowDown : ArrowUp;
  return (
    <th className={styles[column]} scope="col" aria-sort={order}>
      <Link className={styles.sort} target={target(nextSort(search, column))} isInPlace data-sorted={order}>
        {t(column)}
        {order && <Arrow size={12} aria-hidden />}
      </Link>
    </th>
  );
}

interface RowProps {
  entity: CatalogRowFragment;
  columns: readonly ColumnName[];
  readAt: string | null | undefined;
  selection: Selection;
  /** The rows among which a stretch can be selected. */
  all: readonly CatalogRowFragment[];
  index: number | undefined;
}

function Row({ entity, columns, readAt, selection, all, index }: RowProps) {
  const { ref, kind, displayName, description, owner } = entity;
  const isSelected = selection.has(ref);
  return (
    <tr className={styles.row} aria-rowindex={index} data-selected={isSelected || undefined}>
      <td className={styles.check}>
        <RowCheck entity={entity} all={all} selection={selection} />
      </td>
      <td className={styles.name}>
        <div className={styles.entity}>
          <KindIcon kind={kind} />
          <div className={styles.words}>
            <Link className={styles.link} target={paths.entity(ref)} title={description ?? displayName} data-row-link>
              {displayName}
            </Link>
            <span className={styles.ref}>
              {ref}
              {owner && <span className={styles.narrow}> · {owner.displayName}</span>}
            </span>
          </div>
          <RowProblems status={entity.status} />
          <StarButton entity={entity} isInRow />
        </div>
      </td>
      {columns.map((column) => (
        <CellOf key={column} column={column} entity={entity} readAt={readAt} />
      ))}
    </tr>
  );
}

function CellOf({
  column,
  entity,
  readAt,
}: {
  column: ColumnName;
  entity: CatalogRowFragment;
  readAt: string | null | undefined;
}) {
  const { type, lifecycle, tags } = entity;
  switch (column) {
    case "owner":
    case "system": {
      const target = entity[column];
      return (
        <td className={styles[column]}>
          {target && (
            <span className={styles.above}>
              <EntityChip entity={target} />
            </span>
          )}
        </td>
      );
    }
    case "type":
      return (
        <td className={`${styles.type} ${styles.muted}`} title={type ?? undefined}>
          {type}
        </td>
      );
    case "lifecycle":
      return <td className={styles.lifecycle}>{lifecycle && <LifecycleBadge lifecycle={lifecycle} />}</td>;
    case "tags":
      return (
        <td className={styles.tags} title={tags.join(", ") || undefined}>
          <span className={styles.tagList}>
            {tags.slice(0, shownTags).map((tag) => (
              <Badge key={tag}>{tag}</Badge>
            ))}
            {tags.length > shownTags && <span className={styles.more}>+{tags.length - shownTags}</span>}
          </span>
        </td>
      );
    case "read":
      return (
        <td className={`${styles.read} ${styles.muted}`}>
          {readAt ? <Time at={readAt} /> : readAt === null && viewsText("neverRead")}
        </td>
      );
  }
}

function RowProblems({ status }: { status: CatalogRowFragment["status"] }) {
  const problems = status.filter(({ level }) => level !== "info");
  const [first] = problems;
  if (!first) return null;
  const level = problems.some((problem) => problem.level === "error") ? "error" : "warning";
  const label = t("rowProblems", { count: problems.length, first: first.message });
  return (
    <span className={styles.problem} data-level={level} title={label}>
      <TriangleAlert size={14} role="img" aria-label={label} />
    </span>
  );
}

const skeletonWidths = [46, 62, 38, 54, 70, 42, 58, 50, 66, 44];

/** The shape of the table while its rows are on their way; holds the place before it shows. */
export function CatalogTableSkeleton({ search, isVisible }: { search: CatalogSearch; isVisible: boolean }) {
  const columns = ["name", ...useColumns(search)] as const;
  return (
    <div className={styles.container}>
      <table className={styles.table} aria-hidden="true">
        <thead>
          <tr>
            <th className={styles.check} />
            {columns.map((column) => (
              <th key={column} className={styles[column]}>
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
