import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { KindIcon } from "#kit/entity/KindIcon.tsx";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { parseEntityRef, shortName } from "#lib/entityRef.ts";
import { formatNumber } from "#lib/i18n/messages.ts";
import styles from "./Hierarchy.module.css";
import type { Row } from "./hierarchy.ts";
import { t } from "./messages.ts";

interface TreeNodeProps {
  row: Row;
  isCurrent: boolean;
  isFocused: boolean;
  onFocus: () => void;
  onToggle: () => void;
  /** What is shown below it. */
  children: ReactNode;
}

/** A node of a hierarchy: what it is, how many belong to it, and what is below it. */
export function TreeNode({ row, isCurrent, isFocused, onFocus, onToggle, children }: TreeNodeProps) {
  const { ref, entity, children: below, hasMore } = row.branch;
  const name = entity?.displayName ?? shortName(ref);
  const detail = [
    entity?.type,
    entity?.members && entity.members.totalCount > 0 && t("members", { count: entity.members.totalCount }),
  ]
    .filter(Boolean)
    .join(" · ");
  const content = (
    <>
      <KindIcon kind={entity?.kind ?? parseEntityRef(ref)?.kind ?? ""} isDangling={!entity} />
      <span className={styles.words}>
        <span className={styles.name}>{name}</span>
        {detail && (
          <span className={styles.detail}>
            <span className="visually-hidden">, </span>
            {detail}
          </span>
        )}
      </span>
    </>
  );
  return (
    <div role="none" className={styles.item}>
      <div
        role="treeitem"
        className={styles.node}
        data-ref={ref}
        tabIndex={isFocused ? 0 : -1}
        aria-level={row.level}
        aria-posinset={row.position}
        aria-setsize={row.siblings}
        aria-expanded={row.isExpandable ? row.isExpanded : undefined}
        aria-current={isCurrent ? "page" : undefined}
        onFocus={(event) => event.target === event.currentTarget && onFocus()}
      >
        {entity && !isCurrent ? (
          <Link className={styles.face} target={paths.entity(ref)} tabIndex={-1} title={ref} draggable={false}>
            {content}
          </Link>
        ) : (
          <span className={styles.face} title={ref}>
            {content}
          </span>
        )}
        {row.isExpandable && (
          // biome-ignore lint/a11y/noStaticElementInteractions: for a mouse and a finger; a button would be part of the name
          // biome-ignore lint/a11y/useKeyWithClickEvents: the arrows do the same
          <span
            className={styles.toggle}
            title={t(row.isExpanded ? "collapse" : "expand", { name })}
            data-toggle=""
            onClick={onToggle}
          >
            {!row.isExpanded && (
              <>
                <span className="visually-hidden">, </span>
                {below.length > 0 ? `${formatNumber(below.length)}${hasMore ? "+" : ""}` : "…"}
                <span className="visually-hidden"> {t("below")}</span>
              </>
            )}
            <ChevronRight size={14} aria-hidden />
          </span>
        )}
      </div>
      {children && (
        <div role="none" className={styles.children}>
          {children}
        </div>
      )}
    </div>
  );
}
