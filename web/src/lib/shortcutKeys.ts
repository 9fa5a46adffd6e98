/** What was pressed. */
export interface Press {
  key: string;
  /** With Control, or Command where there is one. */
  isCommand: boolean;
}

/** A shortcut that something on the page listens to. */
export interface Shortcut {
  /** One key (`/`), two after one another (`g c`), or one with Control or Command (`mod+k`). */
  keys: string;
  /** What it does, for those who look it up; one without is not listed. */
  title?: string | undefined;
  /** Whether it works on every page, or is one of the page that is open. */
  scope: "everywhere" | "page";
  /** Runs only where nothing else listens to the same keys. */
  isFallback: boolean;
  run?: (() => void) | undefined;
}

const command = "mod+";

/** The shortcut that a press is the whole of, after the press before it; the latest that was added wins. */
export function shortcutFor(shortcuts: readonly Shortcut[], press: Press, before: string): Shortcut | undefined {
  const wanted = press.isCommand
    ? [command + press.key.toLowerCase()]
    : [press.key, ...(before === "" ? [] : [`${before} ${press.key}`])];
  const fitting = shortcuts.filter(({ keys, run }) => run !== undefined && wanted.includes(keys));
  return fitting.findLast(({ isFallback }) => !isFallback) ?? fitting.at(-1);
}

/** Whether keys would be typed as text, so that somebody who dictates may set them off by speaking. */
export function isCharacter(keys: string): boolean {
  return !keys.startsWith(command) && keys.split(" ").every((key) => key.length === 1);
}

const faces: Record<string, string> = { ArrowUp: "↑", ArrowDown: "↓", Enter: "↵", Escape: "Esc" };

/** The keys as they are written on the keyboard, one after the other. */
export function keyFaces(keys: string, isApple: boolean): string[] {
  return keys.split(" ").flatMap((key) => {
    if (!key.startsWith(command)) return faces[key] ?? key;
    const rest = key.slice(command.length);
    return [isApple ? "⌘" : "Ctrl", faces[rest] ?? rest.toUpperCase()];
  });
}
