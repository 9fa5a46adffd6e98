import { ArrowDown, ArrowUp, TriangleAlert } from "lucide-react";
import { EntityChip } from "#kit/entity/EntityChip.tsx";
import { KindIcon } from "#kit/entity/KindIcon.tsx";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { useListedShortcut } from "#lib/shortcuts.ts";
import { Badge } from "#ui/Badge.tsx";
import { Skeleton } from "#ui/Skeleton.tsx";
import { LifecycleBadge } from "../LifecycleBadge.tsx";
import { t } from "../messages.ts";
import { StarButton } from "../stars/StarButton.tsx";
import type { CatalogRowFragment } from "./CatalogList.generated.ts";
import styles from "./CatalogTable.module.css";
import { type CatalogSearch, nextSort, type SortName, sortNames } from "./catalogSearch.ts";
import { useListTarget } from "./listPlace.ts";
import { walkRows } from "./rowFocus.ts";

const shownTags = 2;
const columns = [...sortNames, "tags"] as const;

interface CatalogTableProps {
  entities: CatalogRowFragment[];
  search: CatalogSearch;
  /** The rows belong to the list before; the ones asked for are on their way. */
  isStale: boolean;
  /** They have been for long enough to show it. */
  isFaded: boolean;
}

/** A page of the catalog. */
export function CatalogTable({ entities, search, isStale, isFaded }: CatalogTableProps) {
  useListedShortcut("j", t("nextRow"));
  useListedShortcut("k", t("previousRow"));
  return (
    <div className={styles.container}>
      <table
        className={isFaded ? `${styles.table} ${styles.faded}` : styles.table}
        aria-label={t("catalog")}
        aria-busy={isStale}
      >
        <thead>
          <tr>
            {columns.map((column) =>
              column === "tags" ? (
                <th key={column} className={styles.tags} scope="col">
                  {t("tags")}
                </th>
              ) : (
                <SortHeader key={column} column={column} search={search} />
              ),
            )}
          </tr>
        </thead>
        <tbody onKeyDown={walkRows}>
          {entities.map((entity) => (
            <Row key={entity.ref} entity={entity} />
          ))}
        </tbody>
      </table>
    </div>
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

function Row({ entity }: { entity: CatalogRowFragment }) {
  const { ref, kind, displayName, description, type, lifecycle, owner, system, tags } = entity;
  return (
    <tr className={styles.row}>
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
      <td className={styles.owner}>
        {owner && (
          <span className={styles.above}>
            <EntityChip entity={owner} />
          </span>
        )}
      </td>
      <td className={`${styles.type} ${styles.muted}`} title={type ?? undefined}>
        {type}
      </td>
      <td className={styles.lifecycle}>{lifecycle && <LifecycleBadge lifecycle={lifecycle} />}</td>
      <td className={styles.system}>
        {system && (
          <span className={styles.above}>
            <EntityChip entity={system} />
          </span>
        )}
      </td>
      <td className={styles.tags} title={tags.join(", ") || undefined}>
        <span className={styles.tagList}>
          {tags.slice(0, shownTags).map((tag) => (
            <Badge key={tag}>{tag}</Badge>
          ))}
          {tags.length > shownTags && <span className={styles.more}>+{tags.length - shownTags}</span>}
        </span>
      </td>
    </tr>
  );
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
export function CatalogTableSkeleton({ isVisible }: { isVisible: boolean }) {
  return (
    <div className={styles.container}>
      <table className={styles.table} aria-hidden="true">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} className={styles[column]}>
                {isVisible && t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {skeletonWidths.map((width) => (
            <tr key={width}>
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
