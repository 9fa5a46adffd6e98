import { CircleX } from "lucide-react";
import { type MouseEvent, useEffect, useRef } from "react";
import { Highlighted } from "#ui/Highlighted.tsx";
import { Keys } from "#ui/Keys.tsx";
import type { PaletteGroup, PaletteItem } from "./items.ts";
import { t } from "./messages.ts";
import styles from "./Palette.module.css";
import { ResultView } from "./ResultView.tsx";

interface PaletteListProps {
  id: string;
  groups: readonly PaletteGroup[];
  active: PaletteItem | undefined;
  /** What is looked for. */
  words: readonly string[];
  optionId: (item: PaletteItem) => string;
  onPoint: (item: PaletteItem) => void;
  onChoose: (item: PaletteItem, event: MouseEvent) => void;
  /** In place of lines. */
  note: string | undefined;
}

/** The lines of the palette, by group; the field above them keeps the focus and names the active one. */
export function PaletteList({ id, groups, active, words, optionId, onPoint, onChoose, note }: PaletteListProps) {
  const box = useRef<HTMLDivElement>(null);
  const filled = groups.filter(({ items }) => items.length > 0);
  const activeId = active && optionId(active);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is brought into sight when it is another
  useEffect(() => {
    const option = box.current?.querySelector<HTMLElement>("[aria-selected=true]");
    const isFirst = option?.matches("[role=group]:first-child > [role=option]:nth-child(2)");
    if (isFirst) box.current?.scrollTo({ top: 0 });
    else option?.scrollIntoView({ block: "nearest" });
  }, [activeId]);
  return (
    <div ref={box} className={styles.lines}>
      <div id={id} role="listbox" aria-label={t("title")} hidden={filled.length === 0}>
        {filled.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a listbox
          <div key={group.id} role="group" aria-labelledby={`${id}-${group.id}`} className={styles.group}>
            <div id={`${id}-${group.id}`} role="presentation" className={styles.heading}>
              {group.title}
            </div>
            {group.items.map((item) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard chooses it from the field
              // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active one
              <div
                key={item.id}
                id={optionId(item)}
                role="option"
                className={styles.option}
                aria-selected={item === active}
                onPointerMove={() => item !== active && onPoint(item)}
                onMouseDown={(event) => event.preventDefault()}
                onClick={(event) => onChoose(item, event)}
                onAuxClick={(event) => event.button === 1 && onChoose(item, event)}
              >
                <span className={styles.icon}>{item.icon}</span>
                <span className={styles.title}>
                  <Highlighted text={item.title} words={words} />
                </span>
                {item.detail && (
                  <span className={styles.detail}>
                    <Highlighted text={item.detail} words={words} />
                  </span>
                )}
                <ResultView source={group.id} item={item} />
                {item.keys && (
                  <span className={styles.keys} aria-hidden="true">
                    <Keys keys={item.keys} />
                  </span>
                )}
              </div>
            ))}
          </div>
        ))}
      </div>
      {groups.map(
        ({ id, failure }) =>
          failure && (
            <p key={id} className={styles.failure} role="status">
              <CircleX size={14} aria-hidden />
              {failure}
            </p>
          ),
      )}
      {note && (
        <p className={styles.note} aria-hidden="true">
          {note}
        </p>
      )}
    </div>
  );
}
