import { Search } from "lucide-react";
import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { useShortcut } from "#lib/shortcuts.ts";
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
  const [typed, setTyped] = useState(search.text ?? "");
  const [shown, setShown] = useState(search.text);
  const [position, setPosition] = useState(0);
  if (shown !== search.text) {
    setShown(search.text);
    setPosition(0);
    if ((search.text ?? "") !== typed.trim()) setTyped(search.text ?? "");
  }
  const apply = useEffectEvent((text: string) => {
    if (text !== (search.text ?? "")) go(changed(search, { text }), true);
  });
  useEffect(() => {
    const timer = setTimeout(() => apply(typed.trim()), typingPause);
    return () => clearTimeout(timer);
  }, [typed]);
  useShortcut("/", () => {
    input.current?.focus();
    input.current?.select();
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") {
      const at = position % Math.max(1, found.length);
      const ref = found[at];
      if (ref === undefined) return;
      event.preventDefault();
      setPosition(at + 1);
      onShow(ref);
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
