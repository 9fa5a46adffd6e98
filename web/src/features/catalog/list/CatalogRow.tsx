import { TriangleAlert } from "lucide-react";
import { EntityChip } from "#kit/entity/EntityChip.tsx";
import { KindIcon } from "#kit/entity/KindIcon.tsx";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { Badge } from "#ui/Badge.tsx";
import { Skeleton } from "#ui/Skeleton.tsx";
import { Time } from "#ui/Time.tsx";
import { LifecycleBadge } from "../LifecycleBadge.tsx";
import { t } from "../messages.ts";
import { StarButton } from "../stars/StarButton.tsx";
import type { CatalogRowFragment } from "./CatalogList.generated.ts";
import styles from "./CatalogTable.module.css";
import type { ColumnName } from "./catalogSearch.ts";
import { t as viewsText } from "./messages.ts";
import { RowCheck } from "./selection/Checks.tsx";
import type { RowSelection } from "./selection/useSelection.ts";

const shownTags = 2;

interface RowProps {
  entity: CatalogRowFragment;
  columns: readonly ColumnName[];
  readAt: string | null | undefined;
  selection: RowSelection;
  /** Its place in the list, where the list is longer than what is drawn of it. */
  index: number | undefined;
}

/** An entity in the list; the whole row is the link to it. */
export function CatalogRow({ entity, columns, readAt, selection, index }: RowProps) {
  const { ref, kind, displayName, description, owner } = entity;
  const isSelected = selection.has(ref);
  return (
    <tr
      className={styles.row}
      aria-rowindex={rowIndex(index)}
      data-index={index}
      data-ref={ref}
      data-selected={isSelected || undefined}
    >
      <td className={styles.check}>
        <RowCheck entity={entity} index={index} selection={selection} />
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

/** The place of a row that is on its way. */
export function PendingRow({ columns, index }: { columns: readonly ColumnName[]; index: number | undefined }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
    <tr aria-rowindex={rowIndex(index)} data-index={index} aria-hidden="true">
      <td className={styles.check} />
      {(["name", ...columns] as const).map((column) => (
        <td key={column} className={styles[column]}>
          <Skeleton width="60%" />
        </td>
      ))}
    </tr>
  );
}

/** What tells the place of a row to those who hear it; the head is the first. */
function rowIndex(index: number | undefined): number | undefined {
  return index === undefined ? undefined : index + 2;
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
