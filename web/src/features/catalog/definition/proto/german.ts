import type { Translation } from "#lib/i18n/messages.ts";

export const german: Record<string, Translation> = {
  proto: {
    service: "Service {name}",
    message: "Message",
    enum: "Enum",
    extend: "erweitert",
    asked: "Anfrage",
    answers: "Antwort",
    stream: "Stream von",
    options: "Optionen",
    fields: "Felder",
    values: "Werte",
    reserved: "Reserviert",
    usedIn: "Verwendet in",
    imports: "Importe",
    syntax: "Syntax",
    oneOf: "eines von {name}",
    deprecated: "veraltet",
    empty: "Keine Felder.",
    overview: "Protocol Buffers",
  },
};
