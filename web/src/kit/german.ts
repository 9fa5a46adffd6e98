import type { Translation } from "#lib/i18n/messages.ts";

export const german: Record<string, Translation> = {
  pageQuery: { label: "Abfrage dieser Seite", which: "Die Abfragen dieser Seite, im Abfrageeditor" },
  setting: { failed: "Das wurde nicht gespeichert: {reason}" },
  breadcrumb: { label: "Sie sind hier" },
  failureNotice: {
    title: "{what}: Laden fehlgeschlagen",
    retry: "Erneut versuchen",
    mistake: "Im Plugin „{plugin}“ ist ein Fehler aufgetreten. Der Rest des Portals funktioniert weiterhin.",
    request: "Anfrage {id}",
    partial: "Ein Teil davon konnte nicht geladen werden.",
    stale: "Das ist ein älterer Stand: Er konnte nicht neu geladen werden.",
  },
  forbidden: {
    title: "Das dürfen Sie nicht sehen",
    text: "Dafür ist die Berechtigung `{permission}` nötig, die Sie nicht haben. Wenden Sie sich an die Betreiber dieses Portals.",
    why: "Warum, und was daran etwas ändern würde",
  },
  formFailure: { why: "Warum?", request: "Anfrage {id}." },
  notFound: {
    page: "Nicht gefunden",
    title: "Hier ist nichts",
    text: "Die Seite wurde verschoben, gab es nie, oder Sie dürfen sie nicht sehen.",
    entity: "Keine Entität {ref}. Sie wurde entfernt, gab es nie, oder Sie dürfen sie nicht sehen.",
    catalog: "Katalog öffnen",
  },
  partFailure: {
    failed: "„{title}“ funktioniert hier nicht. Der Rest der Seite schon.",
    outdated:
      "„{title}“ konnte nicht geladen werden. Vielleicht wurde das Portal aktualisiert, seit diese Seite offen ist.",
    retry: "Erneut versuchen",
    reload: "Seite neu laden",
    details: "Einzelheiten zum Fehler",
    plugin: "Plugin {plugin}",
  },
  moduleFailure: {
    title: "„{module}“ ist nicht da",
    unreachable:
      "Die Datei des Moduls konnte nicht geladen werden: Sie fehlt, oder die Richtlinie dieses Portals erlaubt sie nicht.",
    integrity:
      "Die Datei des Moduls konnte nicht geladen werden, oder sie ist eine andere, als die Konfiguration dieses Portals verlangt.",
    broken: "Das Modul ist beim Laden gescheitert. Der Rest des Portals funktioniert.",
    shape: "Was das Modul mitbringt, kann dieses Portal nicht zeigen. Der Rest des Portals funktioniert.",
    version: "Das Modul ist für eine andere Version dieses Portals gemacht.",
    late: "Das Modul ist nicht rechtzeitig gekommen. Der Rest des Portals funktioniert.",
    reload: "Seite neu laden",
    details: "Einzelheiten zum Fehler",
  },
  entityChip: { dangling: "{ref} gibt es nicht, oder Sie dürfen es nicht sehen", missing: "nicht gefunden" },
  kind: {
    entity: { one: "{count} Entität", other: "{count} Entitäten" },
    component: { one: "{count} Komponente", other: "{count} Komponenten" },
    api: { one: "{count} API", other: "{count} APIs" },
    resource: { one: "{count} Ressource", other: "{count} Ressourcen" },
    system: { one: "{count} System", other: "{count} Systeme" },
    domain: { one: "{count} Domäne", other: "{count} Domänen" },
    group: { one: "{count} Gruppe", other: "{count} Gruppen" },
    user: { one: "{count} Person", other: "{count} Personen" },
    location: { one: "{count} Quelle", other: "{count} Quellen" },
    template: { one: "{count} Vorlage", other: "{count} Vorlagen" },
    airesource: { one: "{count} KI-Ressource", other: "{count} KI-Ressourcen" },
    custom: { one: "{count} {kind}", other: "{count} {kind}" },
  },
};
