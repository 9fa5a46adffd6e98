import type { Translation } from "#lib/i18n/messages.ts";

export const german: Record<string, Translation> = {
  schema: {
    required: "erforderlich",
    deprecated: "veraltet",
    readOnly: "nur lesen",
    writeOnly: "nur schreiben",
    default: "Standardwert",
    example: "Beispiel",
    values: "Mögliche Werte",
    oneOf: "Genau eines von",
    anyOf: "Mindestens eines von",
    not: "Keines von",
    option: "Variante {number}",
    showMore: "Alle {count} Eigenschaften zeigen",
    properties: "Eigenschaften von {name}",
    elsewhere: "{name} steht in einem anderen Dokument, das nicht geladen wird.",
    missing: "{name} ist nicht in dieser Definition.",
    cycle: "{name} verweist im Kreis.",
    additional: "jeder andere Name",
    schema: "Schema",
    sample: "Beispiel",
    view: "Ansicht",
    body: "Body",
  },
};
