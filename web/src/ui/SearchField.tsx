import { Search } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useRef } from "react";
import { useShortcut } from "#lib/shortcuts.ts";
import styles from "./SearchField.module.css";

interface SearchFieldProps {
  label: string;
  /** What stands in the empty field; the label unless told. */
  placeholder?: string;
  value: string;
  onChange: (text: string) => void;
  /** What the key `/` is called in the sheet of shortcuts, where it is to be listed. */
  shortcutTitle?: string;
  /** The arrow down leads from the field to what was found. */
  onDown?: () => void;
  /** Answers whether there was something to do. */
  onEnter?: () => boolean;
  /** What stands at its end: how much was found; unless told, the key that leads here. */
  children?: ReactNode;
  /** It is what one comes to the page for: the keyboard is in it from the start. */
  isFirst?: boolean;
  className?: string | undefined;
}

/** The field of a page that narrows what it shows: `/` leads to it, Escape empties it, and then leaves it. */
export function SearchField({
  label,
  placeholder = label,
  value,
  onChange,
  shortcutTitle,
  onDown,
  onEnter,
  children,
  isFirst = false,
  className = "",
}: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const focus = () => {
    input.current?.focus();
    input.current?.select();
  };
  useShortcut("/", focus, shortcutTitle === undefined ? {} : { title: shortcutTitle });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" && onDown) {
      event.preventDefault();
      onDown();
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing && onEnter?.()) {
      event.preventDefault();
    } else if (event.key === "Escape" && value === "") {
      input.current?.blur();
    } else if (event.key === "Escape") {
      // What is around the field stays open.
      event.preventDefault();
      event.stopPropagation();
      onChange("");
    }
  };
  return (
    <search className={`${styles.search} ${className}`}>
      <Search size={14} aria-hidden />
      <input
        ref={input}
        className={styles.input}
        type="search"
        // biome-ignore lint/a11y/noAutofocus: whoever comes to a page of which this is the purpose wants to type
        autoFocus={isFirst}
        aria-label={label}
        placeholder={placeholder}
        aria-keyshortcuts="/"
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {children ?? (
        <span className={styles.key} aria-hidden="true">
          /
        </span>
      )}
    </search>
  );
}
