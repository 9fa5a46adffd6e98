import { Keys } from "#ui/Keys.tsx";
import type { PaletteItem } from "./items.ts";
import { t } from "./messages.ts";
import styles from "./Palette.module.css";
import { paletteModes } from "./paletteText.ts";

const hints = { ">": "commandsHint", "@": "peopleHint", "#": "tagsHint" } as const;

/** What the keys do, and what one can look for alone. */
export function PaletteFoot({ active, onMode }: { active: PaletteItem | undefined; onMode: (mode: string) => void }) {
  const isPlace = active !== undefined && "target" in active.act;
  return (
    <footer className={styles.foot}>
      <div className={styles.modes}>
        {paletteModes.map((mode) => (
          <button key={mode} type="button" className={styles.mode} onClick={() => onMode(mode)}>
            <kbd>{mode}</kbd> {t(hints[mode])}
          </button>
        ))}
      </div>
      {active && (
        <div className={styles.hints}>
          <span>
            <Keys keys="Enter" /> {t(isPlace ? "open" : "run")}
          </span>
          {isPlace && (
            <span>
              <Keys keys="mod+Enter" /> {t("newTab")}
            </span>
          )}
        </div>
      )}
    </footer>
  );
}
