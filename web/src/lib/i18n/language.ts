import { useSyncExternalStore } from "react";
import { isLanguage, type LanguageChoice, type LanguageId, spoken } from "./languages.ts";
import { speak, type Translation } from "./messages.ts";
import { tellTimeIn } from "./time.ts";

/** Fetches the texts of a language; English is there from the start. */
type Load = (language: Exclude<LanguageId, "en">) => Promise<Readonly<Record<string, Translation>>>;

interface Language {
  choice: LanguageChoice;
  language: LanguageId;
  /** How numbers and dates are written, as `en-GB`. */
  locale: string;
}

const key = "callboard.language";
const listeners = new Set<() => void>();
let load: Load | undefined;
let current: Language = { choice: "system", language: "en", locale: "en" };

/** Begins in the language of the reader, whose texts are fetched first; in English where they cannot be. */
export async function startLanguage(loadTexts: Load): Promise<void> {
  load = loadTexts;
  await apply(storedChoice()).catch(reportError);
}

/** Changes the language, now and on the next visit. What is shown is drawn anew, and nothing is fetched again. */
export async function chooseLanguage(choice: LanguageChoice): Promise<void> {
  await apply(choice);
  try {
    if (choice === "system") localStorage.removeItem(key);
    else localStorage.setItem(key, choice);
  } catch {
    // Storage is off: it holds until the page is closed.
  }
}

/** The language that is spoken, and the one that was chosen. */
export function useLanguage(): Language {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}

async function apply(choice: LanguageChoice) {
  const { language, locale } = spoken(choice, navigator.languages);
  const texts = language === "en" ? {} : await load?.(language);
  speak(language, locale, texts);
  tellTimeIn(language, locale);
  document.documentElement.lang = language;
  current = { choice, language, locale };
  for (const listener of listeners) listener();
}

function storedChoice(): LanguageChoice {
  try {
    const stored = localStorage.getItem(key);
    return isLanguage(stored) ? stored : "system";
  } catch {
    return "system";
  }
}
