import { useNavigate } from "@tanstack/react-router";
import { Search, X } from "lucide-react";
import { type KeyboardEvent, type MouseEvent, use, useEffect, useId, useRef, useState } from "react";
import { FeaturesContext } from "#kit/feature.ts";
import { addressOf } from "#kit/paths.ts";
import { wordsOf } from "#lib/matching.ts";
import { useSettled } from "#lib/settled.ts";
import { Button } from "#ui/Button.tsx";
import { type PaletteItem, stepped } from "./items.ts";
import { t } from "./messages.ts";
import styles from "./Palette.module.css";
import { PaletteFoot } from "./PaletteFoot.tsx";
import { PaletteList } from "./PaletteList.tsx";
import { readPaletteText } from "./paletteText.ts";
import { runCommand } from "./runCommand.ts";
import { useGroups } from "./useGroups.ts";

const typingPause = 60;

/** Finds anything, leads there, and does what there is to do, by the keyboard alone. */
export function Palette({ initial, onClose }: { initial: string; onClose: () => void }) {
  const list = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  const [text, setText] = useState(initial);
  const [chosen, setChosen] = useState<string>();
  const typed = readPaletteText(text);
  const settled = useSettled(typed.words, typingPause);
  const { groups, isSearching } = useGroups(use(FeaturesContext), typed, settled);
  const items = groups.flatMap((group) => group.items);
  const active = items.find(({ id }) => id === chosen) ?? items[0];
  const isSettled = !isSearching && settled === typed.words;
  const count = items.length;

  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    input.current?.focus();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    };
  }, []);

  const type = (next: string) => {
    setText(next);
    setChosen(undefined);
  };
  const act = ({ act, isExternal }: PaletteItem, isInNewTab: boolean) => {
    if ("target" in act && isInNewTab) {
      window.open(addressOf(act.target), "_blank", "noopener");
      return;
    }
    onClose();
    if ("run" in act) void runCommand(act.run);
    else if (isExternal) window.location.assign(addressOf(act.target));
    else void navigate(act.target);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const isCommand = event.ctrlKey || event.metaKey;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setChosen(stepped(items, active?.id, step));
    } else if (event.key === "Enter" && active && !event.nativeEvent.isComposing) {
      event.preventDefault();
      act(active, isCommand);
    } else if (isCommand && event.key.toLowerCase() === "k") {
      event.preventDefault();
      onClose();
    }
  };
  return (
    <dialog
      ref={dialog}
      className={styles.palette}
      aria-label={t("title")}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
      onKeyDown={onKeyDown}
    >
      <div className={styles.head}>
        <Search size={16} aria-hidden />
        <input
          ref={input}
          className={styles.input}
          type="text"
          role="combobox"
          aria-label={t("field")}
          aria-expanded={count > 0}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={active ? optionId(list, items, active) : undefined}
          placeholder={t("placeholder")}
          autoComplete="off"
          autoCapitalize="off"
          enterKeyHint="go"
          spellCheck={false}
          maxLength={200}
          value={text}
          onChange={(event) => type(event.target.value)}
        />
        <Button look="quiet" size="small" isIcon aria-label={t("close")} onClick={onClose}>
          <X size={16} aria-hidden />
        </Button>
      </div>
      <PaletteList
        id={list}
        groups={groups}
        active={active}
        words={wordsOf(typed.words)}
        optionId={(item) => optionId(list, items, item)}
        onPoint={({ id }) => setChosen(id)}
        onChoose={(item, event: MouseEvent) => act(item, event.ctrlKey || event.metaKey || event.button === 1)}
        note={noteOf(typed.words, count, isSettled)}
      />
      <PaletteFoot
        active={active}
        onMode={(mode) => {
          type(mode);
          input.current?.focus();
        }}
      />
      <span className="visually-hidden" role="status">
        {isSettled ? t("results", { count }) : t("searching")}
      </span>
    </dialog>
  );
}

function optionId(list: string, items: readonly PaletteItem[], item: PaletteItem): string {
  return `${list}-${items.indexOf(item)}`;
}

/** What stands in place of lines. */
function noteOf(words: string, count: number, isSettled: boolean): string | undefined {
  if (count > 0) return undefined;
  if (words === "") return t("start");
  return isSettled ? t("nothing", { words }) : undefined;
}
