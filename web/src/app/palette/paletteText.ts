/** What one looks for: everything, or one sort of thing alone. */
export type PaletteMode = "all" | ">" | "@" | "#";

/** The characters that narrow the palette, when they stand first. */
export const paletteModes = [">", "@", "#"] as const satisfies PaletteMode[];

/** What is looked for, and by which words. */
export interface PaletteText {
  mode: PaletteMode;
  words: string;
}

/** Reads what is typed into the palette. */
export function readPaletteText(text: string): PaletteText {
  const trimmed = text.trim();
  const mode = paletteModes.find((one) => trimmed.startsWith(one));
  return mode ? { mode, words: trimmed.slice(1).trim() } : { mode: "all", words: trimmed };
}
