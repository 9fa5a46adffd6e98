import type { startLanguage } from "#lib/i18n/language.ts";

/** Fetches the texts of a language, all at once and only for those who read it. */
export const loadTexts: Parameters<typeof startLanguage>[0] = async (language) => {
  switch (language) {
    case "de":
      return (await import("./allGerman.ts")).texts;
  }
};
