import { lazy, Suspense, useEffect, useEffectEvent } from "react";
import { closePalette, openPalette, useOpenPalette } from "#kit/palette.ts";
import { useShortcut } from "#lib/shortcuts.ts";
import { t } from "./messages.ts";
import { type PaletteAct, runCommand } from "./runCommand.ts";
import { useCommands } from "./useCommands.tsx";

const load = () => import("./Palette.tsx");
const Palette = lazy(() => load().then((module) => ({ default: module.Palette })));

/** The keys of commands run them without the palette. */
export function CommandShortcuts() {
  return useCommands().flatMap((command) =>
    command.keys && "run" in command.act
      ? [<CommandShortcut key={command.id} keys={command.keys} title={command.title} run={command.act.run} />]
      : [],
  );
}

function CommandShortcut({ keys, title, run }: { keys: string; title: string; run: PaletteAct }) {
  useShortcut(keys, () => void runCommand(run), { title, scope: "everywhere" });
  return null;
}

/** Holds the palette ready, and shows it once it is asked for. */
export function PaletteHost() {
  const initial = useOpenPalette();
  useShortcut("mod+k", () => openPalette(), { title: t("title"), scope: "everywhere" });
  // Where a page has a field of its own for it, that one is meant.
  useShortcut("/", () => openPalette(), { title: t("title"), scope: "everywhere", isFallback: true });
  useEffect(() => {
    // By the time that somebody presses the keys it is there.
    const timer = setTimeout(() => void load().catch(() => undefined), 500);
    return () => clearTimeout(timer);
  }, []);
  if (initial === null) return null;
  return (
    <Suspense fallback={<TypedAhead typed={initial} />}>
      <Palette initial={initial} onClose={closePalette} />
    </Suspense>
  );
}

/** Keeps what is typed before the palette is there: nobody who knows the keys waits for it. */
function TypedAhead({ typed }: { typed: string }) {
  const keep = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") closePalette();
    else if (event.key === "Backspace") openPalette(typed.slice(0, -1));
    else if (event.key.length === 1) openPalette(typed + event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => keep(event);
    // Before any shortcut of the page hears it.
    window.addEventListener("keydown", listener, true);
    return () => window.removeEventListener("keydown", listener, true);
  }, []);
  return null;
}
