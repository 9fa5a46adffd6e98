import { X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from "react";
import { defineMessages } from "#lib/i18n/messages.ts";
import type { ControlProps } from "./Field.tsx";
import floating from "./Floating.module.css";
import styles from "./Picker.module.css";
import { placeElement } from "./place.ts";

const t = defineMessages("picker", {
  remove: "Remove {value}",
  add: "Add “{text}”",
  nothing: "Nothing matches",
  type: "Type to search",
});

/** Something that can be picked. */
export interface PickerOption {
  value: string;
  label: string;
  detail?: string;
  icon?: ReactNode;
}

interface PickerProps {
  control: ControlProps;
  values: string[];
  onChange: (values: string[]) => void;
  options: PickerOption[];
  /** Called with what is typed, for options that depend on it. */
  onType?: (text: string) => void;
  /** Whether the options are those for what is typed, rather than all there are or some of before. */
  areFitting?: boolean;
  /** The value that typed text stands for, where any may be given; null for none. */
  read?: (text: string) => string | null;
  /** How a picked value looks. */
  chip?: (value: string) => ReactNode;
  /** At most one. */
  isSingle?: boolean;
  placeholder?: string;
}

/** Picks values out of many, by typing a part of them; each stands before the text as a chip. */
export function Picker(props: PickerProps) {
  const {
    control,
    values,
    onChange,
    options,
    onType,
    areFitting = false,
    read,
    chip,
    isSingle = false,
    placeholder,
  } = props;
  const list = useId();
  const [text, setText] = useState("");
  const [isOpen, setIsOpen] = useState(false);
  const [active, setActive] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const free = text.trim() === "" ? null : (read?.(text.trim()) ?? null);
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const known = options.filter(
    ({ value, label, detail = "" }) =>
      !values.includes(value) &&
      (areFitting || words.every((word) => `${value} ${label} ${detail}`.toLowerCase().includes(word))),
  );
  const isKnown = free !== null && options.some(({ value }) => value === free);
  const shown: PickerOption[] =
    free !== null && !isKnown && !values.includes(free)
      ? [...known, { value: free, label: t("add", { text: free }) }]
      : known;
  const type = (next: string) => {
    setText(next);
    setActive(0);
    setIsOpen(true);
    onType?.(next);
  };
  const pick = (value: string) => {
    onChange(isSingle ? [value] : [...values, value]);
    setText("");
    onType?.("");
    setActive(0);
    setIsOpen(false);
  };
  const remove = (value: string) => {
    onChange(values.filter((one) => one !== value));
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setIsOpen(true);
      if (shown.length > 0) setActive((isOpen ? active + step + shown.length : active) % shown.length);
    }
    const choice = shown[active];
    if (event.key === "Enter" && isOpen && choice) {
      event.preventDefault();
      pick(choice.value);
    }
    if (event.key === "," && free !== null) {
      event.preventDefault();
      pick(free);
    }
    if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      setIsOpen(false);
    }
    const last = values.at(-1);
    if (event.key === "Backspace" && text === "" && last !== undefined) remove(last);
  };
  const leave = () => {
    if (free !== null && !values.includes(free)) pick(free);
    setIsOpen(false);
  };
  const isVisible = isOpen && (shown.length > 0 || text !== "");
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hands the click on to the field inside it
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard is in the field already
    <div
      ref={box}
      className={styles.box}
      data-invalid={control["aria-invalid"]}
      data-filled={isSingle && values.length > 0}
      onClick={() => input.current?.focus()}
    >
      {values.map((value) => (
        <span key={value} className={styles.chip}>
          {chip?.(value) ?? <span className={styles.text}>{value}</span>}
          <button
            type="button"
            className={styles.remove}
            aria-label={t("remove", { value })}
            onClick={(event) => {
              event.stopPropagation();
              remove(value);
            }}
          >
            <X size={12} aria-hidden />
          </button>
        </span>
      ))}
      <input
        {...control}
        ref={input}
        className={styles.input}
        type="text"
        role="combobox"
        aria-expanded={isVisible && shown.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={isVisible && shown[active] ? `${list}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={values.length === 0 ? (placeholder ?? t("type")) : undefined}
        value={text}
        onChange={(event) => type(event.target.value)}
        onFocus={() => setIsOpen(true)}
        onClick={() => setIsOpen(true)}
        onBlur={leave}
        onKeyDown={onKeyDown}
      />
      <Options id={list} anchor={box} isOpen={isVisible} isEmpty={shown.length === 0}>
        {shown.map((option, position) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard picks it from the field
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active one
          <div
            key={option.value}
            id={`${list}-${position}`}
            role="option"
            className={styles.option}
            aria-selected={position === active}
            // Before the field loses the focus, and the list with it.
            onPointerDown={(event) => event.preventDefault()}
            onClick={(event) => {
              event.stopPropagation();
              pick(option.value);
            }}
            onPointerMove={() => setActive(position)}
          >
            {option.icon}
            <span className={styles.words}>
              <span className={styles.text}>{option.label}</span>
              {option.detail && <span className={styles.detail}>{option.detail}</span>}
            </span>
          </div>
        ))}
      </Options>
      <span className="visually-hidden" role="status">
        {isVisible && shown.length === 0 ? t("nothing") : ""}
      </span>
    </div>
  );
}

interface OptionsProps {
  id: string;
  anchor: React.RefObject<HTMLElement | null>;
  isOpen: boolean;
  isEmpty: boolean;
  children: ReactNode;
}

function Options({ id, anchor, isOpen, isEmpty, children }: OptionsProps) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || !isOpen) return;
    element.showPopover();
    const update = () => {
      if (!anchor.current) return;
      element.style.width = `${anchor.current.getBoundingClientRect().width}px`;
      placeElement(element, anchor.current);
    };
    update();
    const observer = new ResizeObserver(update);
    observer.observe(element);
    observer.observe(anchor.current ?? element);
    window.addEventListener("scroll", update, true);
    return () => {
      observer.disconnect();
      window.removeEventListener("scroll", update, true);
      if (element.isConnected) element.hidePopover();
    };
  }, [anchor, isOpen]);
  return (
    <div ref={box} popover="manual" className={`${floating.floating} ${styles.options}`}>
      <div id={id} role="listbox" hidden={isEmpty}>
        {isOpen && children}
      </div>
      {isOpen && isEmpty && (
        <p className={styles.nothing} aria-hidden="true">
          {t("nothing")}
        </p>
      )}
    </div>
  );
}
