import { lazy, Suspense, useEffect } from "react";
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
    const timer = setTimeout(() => void load().catch(() => undefined), 1000);
    return () => clearTimeout(timer);
  }, []);
  if (initial === null) return null;
  return (
    <Suspense>
      <Palette initial={initial} onClose={closePalette} />
    </Suspense>
  );
}
