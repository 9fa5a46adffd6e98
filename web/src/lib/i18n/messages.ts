/** A sentence, or one for each plural form; `{name}` is replaced by the parameter of that name. */
export type Message = string | { one: string; other: string };

/** A sentence in another language, which may have more plural forms than English has. */
type TranslatedMessage = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);

/** The texts of one part of the front end in another language. */
export type Translation = Record<string, TranslatedMessage>;

type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type ParameterNames<M extends Message> = M extends string
  ? Names<M>
  : M extends { other: infer Other }
    ? Names<Other> | "count"
    : never;
type Arguments<M extends Message> = [ParameterNames<M>] extends [never]
  ? []
  : [parameters: Record<ParameterNames<M>, string | number>];

/** Gives the text of a key in the reader's language. */
export type Translate<Catalogue extends Record<string, Message>> = <Key extends keyof Catalogue & string>(
  key: Key,
  ...parameters: Arguments<Catalogue[Key]>
) => string;

let spokenLanguage = "en";
let translations: Readonly<Record<string, Translation>> = {};
let plurals = new Intl.PluralRules("en");
let numbers = new Intl.NumberFormat("en");

/** Declares the English text of one part of the front end, and gives the function that reads it. */
export function defineMessages<const Catalogue extends Record<string, Message>>(
  part: string,
  english: Catalogue,
): Translate<Catalogue> {
  return (key, ...[parameters]) => {
    const message = translations[part]?.[key] ?? english[key];
    return fill(message ?? key, parameters ?? {});
  };
}

/** The same for texts that come with all of their languages at once; keys that one of them lacks are read in English. */
export function defineTexts<const Catalogue extends Record<string, Message>>({
  en: english,
  ...others
}: {
  en: Catalogue;
  [language: string]: Translation;
}): Translate<Catalogue> {
  return (key, ...[parameters]) => {
    const message = (others as Record<string, Translation>)[spokenLanguage]?.[key] ?? english[key];
    return fill(message ?? key, parameters ?? {});
  };
}

/**
 * Puts another language's texts in place of the English; keys it lacks stay English. The locale says how numbers are
 * written, which differs between those who speak the same language.
 */
export function speak(language: string, locale: string, texts: Readonly<Record<string, Translation>> = {}) {
  spokenLanguage = language;
  translations = texts;
  plurals = new Intl.PluralRules(language);
  numbers = new Intl.NumberFormat(locale);
}

function fill(message: TranslatedMessage, parameters: Record<string, string | number>): string {
  const text =
    typeof message === "string" ? message : (message[plurals.select(Number(parameters.count))] ?? message.other);
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = parameters[name];
    if (value === undefined) return placeholder;
    return typeof value === "number" ? numbers.format(value) : value;
  });
}

/** A number as the reader writes it. */
export function formatNumber(value: number): string {
  return numbers.format(value);
}
