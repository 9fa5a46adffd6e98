/** A box on somebody's home page. */
interface Placed {
  id: string;
  /** How many columns it takes. */
  width: 1 | 2;
}

/** What a home page shows, in its order. */
export type Layout = readonly Placed[];

const most = 50;

/** Reads what was kept; null where nobody has arranged anything. */
export function readLayout(stored: unknown): Layout | null {
  if (!Array.isArray(stored)) return null;
  const placed = stored.flatMap((one: unknown): Placed[] => {
    if (typeof one !== "object" || one === null) return [];
    const { id, width } = one as Record<string, unknown>;
    return typeof id === "string" && id !== "" ? [{ id, width: width === 2 ? 2 : 1 }] : [];
  });
  const isFirst = ({ id }: Placed, position: number) => placed.findIndex((other) => other.id === id) === position;
  return placed.filter(isFirst).slice(0, most);
}

interface Initial {
  id: string;
  initial?: number;
  width?: 1 | 2;
  isPersonal?: boolean;
}

/** The home page of those who have not arranged theirs; a stranger's is without what is about its reader. */
export function initialLayout(widgets: readonly Initial[], isStranger: boolean): Layout {
  return widgets
    .filter(({ isPersonal }) => !(isStranger && isPersonal))
    .flatMap(({ id, initial, width }) => (initial === undefined ? [] : [{ id, initial, width: width ?? 1 }]))
    .sort((one, other) => one.initial - other.initial)
    .map(({ id, width }) => ({ id, width }));
}

/** The layout with a box where another one is now; those between make room. Of boxes it does not show it knows nothing. */
export function moved(layout: Layout, id: string, to: string): Layout {
  const [from, target] = [id, to].map((one) => layout.findIndex((placed) => placed.id === one));
  const box = layout[from ?? -1];
  if (!box || target === undefined || target < 0 || from === target) return layout;
  const rest = layout.filter((placed) => placed !== box);
  return [...rest.slice(0, target), box, ...rest.slice(target)];
}

/** The layout with a box at its end. */
export function withWidget(layout: Layout, id: string, width: 1 | 2 = 1): Layout {
  return layout.some((placed) => placed.id === id) ? layout : [...layout, { id, width }];
}

/** The layout without a box. */
export function withoutWidget(layout: Layout, id: string): Layout {
  return layout.filter((placed) => placed.id !== id);
}

/** The layout with a box of the other width. */
export function resized(layout: Layout, id: string): Layout {
  return layout.map((placed) => (placed.id === id ? { id, width: placed.width === 1 ? 2 : 1 } : placed));
}
