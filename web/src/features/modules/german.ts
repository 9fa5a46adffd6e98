import type { Translation } from "#lib/i18n/messages.ts";

export const german: Record<string, Translation> = {
  modulesFeature: { modules: "Module" },
  modules: {
    modules: "Module",
    text: "Oberflächen von anderen, die die Konfiguration dieses Portals nennt, und wie es um sie in diesem Browser steht.",
    all: "Alles davon",
    allOf: "Alles davon: {title}",
    module: "Modul",
    state: "Zustand",
    adds: "Fügt hinzu",
    source: "Quelle",
    waiting: "Lädt",
    ready: "Geladen",
    failed: "Fehlgeschlagen",
    checked: "Anhand der Integrität geprüft",
    nothing: "Nichts",
    failures: {
      one: "Ein Modul fehlt. Was es hinzufügen würde, fehlt im Portal für alle.",
      other: "{count} Module fehlen. Was sie hinzufügen würden, fehlt im Portal für alle.",
    },
    sdk: "Dieses Portal hat Version {version} des SDK.",
    pages: { one: "{count} Seite", other: "{count} Seiten" },
    navigation: { one: "{count} Ort in der Navigation", other: "{count} Orte in der Navigation" },
    entityTabs: { one: "{count} Reiter bei Entitäten", other: "{count} Reiter bei Entitäten" },
    entityCards: { one: "{count} Karte bei Entitäten", other: "{count} Karten bei Entitäten" },
    homeWidgets: { one: "{count} Kasten für die Startseite", other: "{count} Kästen für die Startseite" },
    commands: { one: "{count} Befehl", other: "{count} Befehle" },
    search: { one: "{count} Suche", other: "{count} Suchen" },
    searchResultViews: { one: "{count} Ansicht von Suchergebnissen", other: "{count} Ansichten von Suchergebnissen" },
    settingsPanels: { one: "{count} Seite der Einstellungen", other: "{count} Seiten der Einstellungen" },
  },
};
