import { useState } from "react";
import { useTypedText } from "#lib/typedText.ts";
import { SearchField } from "#ui/SearchField.tsx";
import { changed, type GraphSearch } from "../graphSearch.ts";
import { t } from "../messages.ts";
import styles from "./GraphBar.module.css";
import type { Go } from "./GraphBar.tsx";

const typingPause = 120;

interface FindBoxProps {
  search: GraphSearch;
  found: readonly string[];
  go: Go;
  /** Brings one of those that were found into sight. */
  onShow: (ref: string) => void;
}

/** Finds words in what is shown; Enter goes from one place to the next. */
export function FindBox({ search, found, go, onShow }: FindBoxProps) {
  const [typed, setTyped] = useTypedText(search.text, (text) => go(changed(search, { text }), true), typingPause);
  const [last, setLast] = useState<string>();
  const showNext = () => {
    const next = found[found.indexOf(last ?? "") + 1] ?? found[0];
    if (next === undefined) return false;
    setLast(next);
    onShow(next);
    return true;
  };
  const count = found.length;
  return (
    <SearchField
      className={styles.find}
      label={t("find")}
      shortcutTitle={t("find")}
      value={typed}
      onChange={setTyped}
      onEnter={showNext}
    >
      <span className={styles.places} role="status">
        {search.text !== undefined && (count === 0 ? t("foundNone") : t("found", { count }))}
      </span>
    </SearchField>
  );
}
