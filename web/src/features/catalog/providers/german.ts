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
    looked: "Zuletzt abgefragt",
    never: "nie",
    next: "nächstes Mal",
    actions: "Aktionen",
    refresh: "Jetzt abfragen",
    refreshLabel: "Jetzt abfragen: {title}",
    refreshed: "{title} wurde abgefragt.",
    failed: "{title} konnte nicht abgefragt werden. {reason}",
    noneTitle: "Keine Anbieter",
    none: "Nichts findet Quellen von selbst: Gelesen wird, was die Konfiguration nennt oder von Hand registriert ist.",
  },
};
