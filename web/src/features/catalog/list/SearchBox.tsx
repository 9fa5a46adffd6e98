import { useNavigate } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import { useShortcut } from "#lib/shortcuts.ts";
import { useTypedText } from "#lib/typedText.ts";
import { t } from "../messages.ts";
import styles from "./CatalogPage.module.css";
import { type CatalogSearch, changed } from "./catalogSearch.ts";
import { useListTarget } from "./listPlace.ts";
import { focusFirstRow } from "./rowFocus.ts";

const typingPause = 150;

/** The words to look for; the list follows while one types, and the history keeps only where one stopped. */
export function SearchBox({ search }: { search: CatalogSearch }) {
  const input = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  const target = useListTarget();
  const apply = (text: string) => {
    const isRefining = search.text !== undefined && text !== "";
    navigate({ ...target(changed(search, { text })), replace: isRefining, resetScroll: false });
  };
  const [typed, setTyped] = useTypedText(search.text, apply, typingPause);
  const focus = () => {
    input.current?.focus();
    input.current?.select();
  };
  useShortcut("/", focus, { title: t("search") });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      focusFirstRow();
    }
    if (event.key === "Escape") {
      if (typed === "") input.current?.blur();
      setTyped("");
    }
  };
  return (
    <search className={styles.search}>
      <Search size={14} aria-hidden />
      <input
        ref={input}
        className={styles.input}
        type="search"
        aria-label={t("search")}
        placeholder={t("search")}
        aria-keyshortcuts="/"
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span aria-hidden="true">/</span>
    </search>
  );
}
