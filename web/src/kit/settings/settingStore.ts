import { request } from "#lib/graphql/request.ts";
import { askSetting } from "./askSetting.ts";
import { readBrowser, writeBrowser } from "./browserStore.ts";
import { KeepSettingDocument } from "./Setting.generated.ts";

/** Something that somebody sets for themselves. */
export interface Setting<Value> {
  /** Where it is kept, e.g. `home.layout`. */
  key: string;
  /** Makes sense of what was kept, whoever kept it: another version of the portal, or a hand. Null is nothing. */
  read: (stored: unknown) => Value;
  /** What changes by itself, and often, is sent this much later, in milliseconds, with all that changed meanwhile. */
  pause?: number;
}

/** Where settings are kept: with the account, or in this browser for those without one. */
type KeptIn = "account" | "browser";

/** What is kept, for whom and where. */
export interface Kept {
  keptIn: KeptIn;
  /** Several who share a browser have settings of their own. */
  owner: string;
  stored: unknown;
}

/** Under what a browser keeps a setting for itself. */
export function browserKey(owner: string, key: string): string {
  return `callboard.setting.${owner}.${key}`;
}

/** Under what it keeps what the account has not been told yet. */
function unsentKey(owner: string, key: string): string {
  return `callboard.unsent.${owner}.${key}`;
}

/** Fetches a setting. */
export async function fetchSetting(key: string): Promise<Kept> {
  const { owner, isGuest, stored } = await askSetting(key);
  if (isGuest) return { keptIn: "browser", owner, stored: readBrowser(browserKey(owner, key)) };
  const unsent = readBrowser(unsentKey(owner, key));
  return { keptIn: "account", owner, stored: unsent ?? stored };
}

/** Throws what the server says where it refuses. */
async function keepSetting(key: string, { keptIn, owner }: Kept, value: unknown): Promise<void> {
  if (keptIn === "browser") return writeBrowser(browserKey(owner, key), value);
  const { failures } = await request(KeepSettingDocument, { input: { key, value } });
  if (failures[0]) throw failures[0];
}

/** One after another, so that the last one to be made is the last one to be kept. */
const writes = new Map<string, Promise<unknown>>();

/** Waits for what is being kept under a key. */
export async function awaitWrites(key: string): Promise<void> {
  await writes.get(key)?.catch(() => undefined);
}

/**
 * Changes what is kept now, which another tab or another browser may have changed since it was shown here, and gives
 * what is kept then. Throws what the server says where it refuses.
 */
export function changeKept<Value>(setting: Setting<Value>, shown: Kept, next: (value: Value) => Value): Promise<Kept> {
  const { key, read } = setting;
  const write = awaitWrites(key).then(async () => {
    const now = await fetchSetting(key);
    // Whoever came in since has settings of their own; the server tells those who made the change why it is not kept.
    const before = now.owner === shown.owner && now.keptIn === shown.keptIn ? now : shown;
    const value = read(before.stored);
    const stored = next(value);
    if (stored === value) return before;
    await keepSetting(key, before, stored);
    return { ...before, stored };
  });
  writes.set(key, write);
  return write;
}

/** What is to be shown of a setting that is kept later: what another tab has changed and not sent yet comes first. */
export function withUnsent(key: string, kept: Kept): Kept {
  if (kept.keptIn === "browser") return { ...kept, stored: readBrowser(browserKey(kept.owner, key)) };
  const unsent = readBrowser(unsentKey(kept.owner, key));
  return unsent === null ? kept : { ...kept, stored: unsent };
}

const timers = new Map<string, ReturnType<typeof setTimeout>>();

/** Keeps in this browser what the account is told a moment later; what cannot be sent is sent with the next change. */
export function keepSettingLater(key: string, kept: Kept, value: unknown, pause: number) {
  if (kept.keptIn === "browser") return writeBrowser(browserKey(kept.owner, key), value);
  const name = unsentKey(kept.owner, key);
  writeBrowser(name, value);
  const send = async () => {
    timers.delete(name);
    document.removeEventListener("visibilitychange", sendIfHidden);
    const unsent = readBrowser(name);
    await keepSetting(key, kept, unsent).then(
      () => JSON.stringify(readBrowser(name)) === JSON.stringify(unsent) && writeBrowser(name, null),
      () => undefined,
    );
  };
  const sendIfHidden = () => {
    if (document.visibilityState !== "hidden" || !timers.has(name)) return;
    clearTimeout(timers.get(name));
    void send();
  };
  if (timers.has(name)) return;
  timers.set(name, setTimeout(send, pause));
  document.addEventListener("visibilitychange", sendIfHidden);
}
