import { Search } from "lucide-react";
import { openPalette } from "#kit/palette.ts";
import { defineMessages } from "#lib/i18n/messages.ts";
import { Keys } from "#ui/Keys.tsx";
import styles from "./Shell.module.css";

const t = defineMessages("searchField", { search: "Search" });

/** Looks like a field, and opens the palette, which has the real one. */
export function SearchField() {
  return (
    <button
      type="button"
      className={styles.searchField}
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K Meta+K"
      title={t("search")}
      onClick={() => openPalette()}
    >
      <Search size={16} strokeWidth={1.75} aria-hidden />
      <span className={styles.label}>{t("search")}</span>
      <span className={`${styles.searchKeys} ${styles.label}`} aria-hidden="true">
        <Keys keys="mod+k" />
      </span>
    </button>
  );
}
