/** A sentence, or one for each plural form; `{name}` is replaced by the parameter of that name. */
export type Message = string | { one: string; other: string };

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

const language = "en";
const translations = new Map<string, Record<string, Message>>();
const plurals = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(language);

/** Declares the English text of one part of the front end, and gives the function that reads it. */
export function defineMessages<const Catalogue extends Record<string, Message>>(
  part: string,
  english: Catalogue,
): Translate<Catalogue> {
  return (key, ...[parameters]) => {
    const message = translations.get(part)?.[key] ?? english[key];
    return fill(message ?? key, parameters ?? {});
  };
}

/** Puts another language's text of one part in place of the English; keys it lacks stay English. */
export function translate(part: string, catalogue: Record<string, Message>) {
  translations.set(part, catalogue);
}

function fill(message: Message, parameters: Record<string, string | number>): string {
  const text = typeof message === "string" ? message : message[pluralForm(parameters.count)];
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = parameters[name];
    if (value === undefined) return placeholder;
    return typeof value === "number" ? numbers.format(value) : value;
  });
}

function pluralForm(count: string | number | undefined): "one" | "other" {
  return plurals.select(Number(count)) === "one" ? "one" : "other";
}

/** A number as the reader writes it. */
export function formatNumber(value: number): string {
  return numbers.format(value);
}
