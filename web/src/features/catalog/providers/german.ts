import type { Translation } from "#lib/i18n/messages.ts";

export const german: Record<string, Translation> = {
  catalogProviders: {
    title: "Anbieter",
    text: "Was Quellen und Entitäten von selbst findet: Forges, Verzeichnisse und andere, die die Konfiguration nennt.",
    what: "Die Anbieter",
    provider: "Anbieter",
    found: "Gefunden",
    locations: { one: "{count} Quelle", other: "{count} Quellen" },
    entities: { one: "{count} Entität", other: "{count} Entitäten" },
    looked: "Nachgesehen",
    never: "nie",
    next: "nächstes Mal",
    actions: "Was Sie tun können",
    refresh: "Jetzt nachsehen",
    refreshLabel: "Jetzt nachsehen: {title}",
    refreshed: "{title} hat nachgesehen.",
    failed: "{title} konnte nicht nachsehen. {reason}",
    noneTitle: "Keine Anbieter",
    none: "Nichts findet Quellen von selbst: Gelesen wird, was die Konfiguration nennt oder von Hand registriert ist.",
  },
};
