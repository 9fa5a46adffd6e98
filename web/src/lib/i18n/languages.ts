/** The languages that the portal speaks, each under its own name. */
export const languages = [
  { id: "en", name: "English" },
  { id: "de", name: "Deutsch" },
] as const;

/** A language that the portal speaks. */
export type LanguageId = (typeof languages)[number]["id"];

/** What somebody chose: one of them, or whichever their browser prefers. */
export type LanguageChoice = LanguageId | "system";

/** Whether a text names a language that the portal speaks. */
export function isLanguage(text: string | null): text is LanguageId {
  return languages.some(({ id }) => id === text);
}

/**
 * The language of a reader, and the locale that says how they write numbers and dates: the first they prefer of that
 * language, so that English is read with British dates by those who are British.
 */
export function spoken(choice: LanguageChoice, preferred: readonly string[]): { language: LanguageId; locale: string } {
  const base = (tag: string) => tag.split("-")[0]?.toLowerCase() ?? "";
  const first = preferred.map(base).find(isLanguage);
  const language = choice === "system" ? (first ?? "en") : choice;
  return { language, locale: preferred.find((tag) => base(tag) === language) ?? language };
}
