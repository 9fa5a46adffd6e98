import type { Row } from "./hierarchy.ts";

/** What a key does in a tree. */
export type TreeAct =
  | { act: "focus"; ref: string }
  | { act: "expand"; refs: string[] }
  | { act: "collapse"; ref: string }
  | null;

/** What a key does where the keyboard is, as in the trees of an operating system. */
export function treeKey(rows: readonly Row[], current: string, key: string): TreeAct {
  const index = rows.findIndex(({ branch }) => branch.ref === current);
  const row = rows[index];
  if (!row) return null;
  const focus = (target: Row | undefined): TreeAct => (target ? { act: "focus", ref: target.branch.ref } : null);
  switch (key) {
    case "ArrowDown":
      return focus(rows[index + 1]);
    case "ArrowUp":
      return focus(rows[index - 1]);
    case "Home":
      return focus(rows[0]);
    case "End":
      return focus(rows.at(-1));
    case "ArrowRight":
      if (!row.isExpandable) return null;
      if (!row.isExpanded) return { act: "expand", refs: [current] };
      return rows[index + 1]?.parent === current ? focus(rows[index + 1]) : null;
    case "ArrowLeft":
      if (row.isExpanded) return { act: "collapse", ref: current };
      return row.parent === null ? null : { act: "focus", ref: row.parent };
    case "*":
      return {
        act: "expand",
        refs: rows.filter((one) => one.parent === row.parent && one.isExpandable).map(({ branch }) => branch.ref),
      };
    default:
      return /^\p{L}$|^\d$/u.test(key) ? focus(typedAhead(rows, index, key)) : null;
  }
}

/** The next node whose name begins with a letter. */
function typedAhead(rows: readonly Row[], index: number, letter: string): Row | undefined {
  const begins = ({ branch: { entity, ref } }: Row) =>
    (entity?.displayName ?? ref).toLowerCase().startsWith(letter.toLowerCase());
  return [...rows.slice(index + 1), ...rows.slice(0, index)].find(begins);
}
