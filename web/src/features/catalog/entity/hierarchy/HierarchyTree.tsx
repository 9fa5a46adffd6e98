import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useLayoutEffect, useMemo, useRef, useState } from "react";
import { paths } from "#kit/paths.ts";
import styles from "./Hierarchy.module.css";
import { type Branch, pathTo, type Row, rowsOf } from "./hierarchy.ts";
import { TreeNode } from "./TreeNode.tsx";
import { treeKey } from "./treeKeys.ts";
import { useDragged } from "./useDragged.ts";

interface HierarchyTreeProps {
  label: string;
  trees: readonly Branch[];
  current: string;
  isBusy: boolean;
  /** Asked for what is below a node, of which not all is known. */
  onAsk: (ref: string) => void;
}

/** A hierarchy drawn from left to right, and from the top down where it is narrow; all of it goes by the keyboard. */
export function HierarchyTree({ label, trees, current, isBusy, onAsk }: HierarchyTreeProps) {
  const navigate = useNavigate();
  const place = useRef<HTMLDivElement>(null);
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(() => new Set(pathTo(trees, current)));
  const [active, setActive] = useState(current);
  const rows = useMemo(() => rowsOf(trees, expanded), [trees, expanded]);
  const focused = rows.some(({ branch }) => branch.ref === active) ? active : (rows[0]?.branch.ref ?? "");
  useDragged(place);
  // What the page is about is in sight, wherever in the hierarchy it stands.
  useLayoutEffect(() => {
    const node = place.current?.querySelector<HTMLElement>("[aria-current]");
    if (!place.current || !node) return;
    const [box, own] = [place.current.getBoundingClientRect(), node.getBoundingClientRect()];
    place.current.scrollLeft += own.left - box.left - (box.width - own.width) / 2;
    place.current.scrollTop += own.top - box.top - (box.height - own.height) / 2;
  }, []);
  const expand = (refs: readonly string[]) => {
    for (const { branch } of rows) if (refs.includes(branch.ref) && branch.hasMore) onAsk(branch.ref);
    setExpanded((before) => new Set([...before, ...refs]));
  };
  const collapse = (ref: string) => {
    setExpanded((before) => new Set([...before].filter((one) => one !== ref)));
    // The keyboard is never in what is folded away.
    if (pathTo(trees, focused).includes(ref)) setActive(ref);
  };
  const focus = (ref: string) => {
    setActive(ref);
    const node = place.current?.querySelector<HTMLElement>(`[data-ref="${CSS.escape(ref)}"]`);
    node?.focus({ preventScroll: true });
    node?.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && event.target instanceof Element && event.target.matches("[role=treeitem]")) {
      const { to, search = {} } = paths.entity(focused);
      void navigate({ to, search });
      return;
    }
    const act = treeKey(rows, focused, event.key);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    if (act.act === "focus") focus(act.ref);
    else if (act.act === "expand") expand(act.refs);
    else collapse(act.ref);
  };
  const draw = (parent: string | null) =>
    rows
      .filter((row) => row.parent === parent)
      .map((row: Row) => (
        <TreeNode
          key={row.branch.ref}
          row={row}
          isCurrent={row.branch.ref === current}
          isFocused={row.branch.ref === focused}
          onFocus={() => setActive(row.branch.ref)}
          onToggle={() => (row.isExpanded ? collapse(row.branch.ref) : expand([row.branch.ref]))}
        >
          {row.isExpanded && row.branch.children.length > 0 && draw(row.branch.ref)}
        </TreeNode>
      ));
  return (
    <div className={styles.container}>
      <div ref={place} className={styles.place}>
        <div role="tree" aria-label={label} aria-busy={isBusy || undefined} className={styles.tree} onKeyDown={press}>
          {draw(null)}
        </div>
      </div>
    </div>
  );
}
