import { Search } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { useShortcut } from "#lib/shortcuts.ts";
import { useTypedText } from "#lib/typedText.ts";
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
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useTypedText(search.text, (text) => go(changed(search, { text }), true), typingPause);
  const [last, setLast] = useState<string>();
  const focus = () => {
    input.current?.focus();
    input.current?.select();
  };
  useShortcut("/", focus, { title: t("find") });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") {
      const next = found[found.indexOf(last ?? "") + 1] ?? found[0];
      if (next === undefined) return;
      event.preventDefault();
      setLast(next);
      onShow(next);
    }
    if (event.key === "Escape" && typed !== "") {
      event.stopPropagation();
      setTyped("");
    }
  };
  const count = found.length;
  return (
    <search className={styles.find}>
      <Search size={14} aria-hidden />
      <input
        ref={input}
        type="search"
        aria-label={t("find")}
        placeholder={t("find")}
        aria-keyshortcuts="/"
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span className={styles.places} role="status">
        {search.text !== undefined && (count === 0 ? t("foundNone") : t("found", { count }))}
      </span>
    </search>
  );
}
