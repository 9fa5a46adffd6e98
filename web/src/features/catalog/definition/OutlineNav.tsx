import { type KeyboardEvent, useDeferredValue, useLayoutEffect, useMemo, useRef, useState } from "react";
import { Link } from "#kit/Link.tsx";
import { useTypedText } from "#lib/typedText.ts";
import { SearchField } from "#ui/SearchField.tsx";
import { ItemBadge } from "./ItemBadge.tsx";
import { t } from "./messages.ts";
import styles from "./Outline.module.css";
import { countItems, narrowed, type OutlineGroup, type OutlineItem } from "./outline.ts";
import { definitionTarget, useDefinitionSearch, useFind } from "./place.tsx";
import { rowsInSight } from "./rowsInSight.ts";

interface OutlineNavProps {
  entityRef: string;
  groups: OutlineGroup[];
  item: string | undefined;
  onChosen?: () => void;
}

type Row = { heading: string; count: number } | { item: OutlineItem | undefined };

const rowHeight = 30;
const typingPause = 200;

/** What a definition holds, as links; only the rows in sight are there, so that thousands cost no more than tens. */
export function OutlineNav({ entityRef, groups, item, onChosen }: OutlineNavProps) {
  const { find } = useDefinitionSearch();
  const [typed, setTyped] = useTypedText(find, useFind(entityRef), typingPause);
  const wanted = useDeferredValue(typed);
  const shown = useMemo(() => narrowed(groups, wanted), [groups, wanted]);
  const rows = useMemo(() => rowsOf(shown, wanted === ""), [shown, wanted]);
  const list = useRef<HTMLUListElement>(null);
  const total = useMemo(() => countItems(groups), [groups]);
  const count = countItems(shown);
  return (
    <nav className={styles.nav} aria-label={t("contents")}>
      <SearchField
        label={t("search")}
        placeholder={t("searchHint")}
        value={typed}
        onChange={setTyped}
        onDown={() => list.current?.querySelector<HTMLElement>("a")?.focus()}
      />
      <p className={styles.count} role="status">
        {wanted !== "" && count > 0 && t("found", { count, total })}
        {wanted !== "" && count === 0 && t("nothingFound", { text: wanted })}
      </p>
      <Rows list={list} rows={rows} item={item} entityRef={entityRef} find={find} onChosen={onChosen} />
    </nav>
  );
}

interface RowsProps {
  list: React.RefObject<HTMLUListElement | null>;
  rows: Row[];
  item: string | undefined;
  entityRef: string;
  find: string | undefined;
  onChosen: (() => void) | undefined;
}

function Rows({ list, rows, item, entityRef, find, onChosen }: RowsProps) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 800 });
  const [focused, setFocused] = useState<number>();
  const current = rows.findIndex((row) => "item" in row && row.item?.id === item);
  // The current one is in sight when it changes by other ways than this list, and when the list does.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const [above, below] = [element.scrollTop, element.scrollTop + element.clientHeight];
    const top = current * rowHeight;
    if (current >= 0 && (top < above || top + rowHeight > below)) element.scrollTop = top - element.clientHeight / 3;
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [current]);
  const { first, last } = rowsInSight(rows.length, rowHeight, view);
  const numbers = new Set(Array.from({ length: last - first }, (_, offset) => first + offset));
  // What has the focus stays, wherever it is.
  if (focused !== undefined && focused < rows.length) numbers.add(focused);
  const stop =
    [focused, current].find((row) => row !== undefined && row >= 0 && numbers.has(row)) ?? firstLink(rows, first);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0 || focused === undefined) return;
    event.preventDefault();
    const links = [...(list.current?.querySelectorAll<HTMLElement>("a") ?? [])];
    const position = links.indexOf(document.activeElement as HTMLElement);
    links[position + step]?.focus();
  };
  return (
    <div
      ref={box}
      className={styles.rows}
      onScroll={({ currentTarget }) => setView({ top: currentTarget.scrollTop, height: currentTarget.clientHeight })}
    >
      <ul
        ref={list}
        style={{ height: rows.length * rowHeight }}
        onKeyDown={onKeyDown}
        onBlur={() => setFocused(undefined)}
      >
        {[...numbers]
          .sort((one, other) => one - other)
          .map((number) => {
            const row = rows[number];
            if (!row) return null;
            return (
              <li
                key={keyOf(row, number)}
                style={{ top: number * rowHeight }}
                aria-setsize={rows.length}
                aria-posinset={number + 1}
              >
                {"heading" in row ? (
                  <span className={styles.heading}>
                    <span>{row.heading}</span>
                    <span>{row.count}</span>
                  </span>
                ) : (
                  <Link
                    className={styles.item}
                    target={definitionTarget(entityRef, { item: row.item?.id, find })}
                    isInPlace
                    tabIndex={number === stop ? 0 : -1}
                    title={row.item ? [row.item.label, row.item.hint].filter(Boolean).join("\n") : undefined}
                    aria-current={row.item?.id === item ? "true" : undefined}
                    data-deprecated={row.item?.isDeprecated || undefined}
                    onFocus={() => setFocused(number)}
                    onClick={onChosen}
                  >
                    {row.item?.badge && <ItemBadge text={row.item.badge} />}
                    <span className={styles.label}>{row.item ? row.item.label : t("overview")}</span>
                  </Link>
                )}
              </li>
            );
          })}
      </ul>
    </div>
  );
}

function rowsOf(groups: OutlineGroup[], withOverview: boolean): Row[] {
  const rows: Row[] = withOverview ? [{ item: undefined }] : [];
  for (const { title, section, items } of groups) {
    rows.push({ heading: title ?? (section ? t(section) : ""), count: items.length });
    for (const item of items) rows.push({ item });
  }
  return rows;
}

function firstLink(rows: Row[], from: number): number {
  return Math.max(
    0,
    rows.findIndex((row, number) => number >= from && "item" in row),
  );
}

function keyOf(row: Row, number: number): string {
  return "heading" in row ? `heading ${number}` : `${number} ${row.item?.id ?? ""}`;
}
