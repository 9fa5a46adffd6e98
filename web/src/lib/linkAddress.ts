const safeProtocols = new Set(["http:", "https:", "mailto:", "tel:"]);

/** An address from a descriptor that is safe to follow; undefined for scripts, local files and nonsense. */
export function linkAddress(text: string | null): string | undefined {
  if (!text) return undefined;
  try {
    return safeProtocols.has(new URL(text).protocol) ? text : undefined;
  } catch {
    return undefined;
  }
}
