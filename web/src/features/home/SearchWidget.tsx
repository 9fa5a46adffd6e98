import { Search } from "lucide-react";
import { openPalette } from "#kit/palette.ts";
import { Keys } from "#ui/Keys.tsx";
import styles from "./HomePage.module.css";
import { t } from "./messages.ts";

/** Looks like a field, and opens the palette, which has the real one and knows what was typed so far. */
export function SearchWidget() {
  return (
    <div className={styles.search}>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => openPalette()}
        onKeyDown={(event) => {
          if (event.key.length !== 1 || event.key === " " || event.ctrlKey || event.metaKey || event.altKey) return;
          event.preventDefault();
          event.stopPropagation();
          openPalette(event.key);
        }}
      >
        <Search size={16} aria-hidden />
        <span>{t("searchEverything")}</span>
        <span className={styles.keys} aria-hidden="true">
          <Keys keys="mod+k" />
        </span>
      </button>
    </div>
  );
}
