const memory = new Map<string, string>();

/** What this browser keeps under a key, as JSON; null for nothing, or for what is no JSON. */
export function readBrowser(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? memory.get(key) ?? "null");
  } catch {
    return null;
  }
}

/** Keeps a value in this browser; null removes it. Where storage is off, until the page is closed. */
export function writeBrowser(key: string, value: unknown) {
  const text = value === null ? null : JSON.stringify(value);
  if (text === null) memory.delete(key);
  else memory.set(key, text);
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // It is in memory.
  }
}
