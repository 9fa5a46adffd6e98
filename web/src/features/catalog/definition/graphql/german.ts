import type { Translation } from "#lib/i18n/messages.ts";

export const german: Record<string, Translation> = {
  sdl: {
    kind_object: "type",
    kind_interface: "interface",
    kind_input: "input",
    kind_enum: "enum",
    kind_union: "union",
    kind_scalar: "scalar",
    kind_directive: "directive",
    arguments: "Argumente",
    returns: "Rückgabetyp",
    fields: "Felder",
    values: "Werte",
    members: "Einer von",
    implements: "Implementiert",
    implementedBy: "Implementiert von",
    locations: "Erlaubt an",
    repeatable: "mehrfach",
    directives: "Direktiven",
    mentions: "Verwendet in",
    deprecated: "Veraltet: {reason}",
    deprecatedPlain: "Veraltet",
    overview: "Schema",
  },
};
