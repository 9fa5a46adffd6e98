import type { Translation } from "#lib/i18n/messages.ts";

export const german: Record<string, Translation> = {
  dependents: {
    tab: "Abhängige",
    what: "Was hiervon abhängt",
    summary: { one: "{count} Entität hängt hiervon ab", other: "{count} Entitäten hängen hiervon ab" },
    summaryOfMore: "Mindestens {count} Entitäten hängen hiervon ab",
    inGraph: "Im Graphen zeigen",
    truncated: "Es gibt mehr, als gezeigt wird: Dies sind die nächsten.",
    owners: "Wen eine Änderung betrifft",
    ownerCount: { one: "{count} Entität", other: "{count} Entitäten" },
    direct: "Direkt",
    steps: { one: "{count} Schritt entfernt", other: "{count} Schritte entfernt" },
    none: "Nichts im Katalog hängt hiervon ab.",
    noneTitle: "Nichts hängt hiervon ab",
    path: "Der Weg zu einer anderen Entität",
    pathTo: "Andere Entität",
    pathHint: "Der kürzeste Weg über Beziehungen, in beide Richtungen.",
    search: "Im Katalog suchen",
    noPath: "Keine Beziehung verbindet die beiden.",
    whatPath: "Der Weg dorthin",
    stepsList: "Der Weg dorthin",
  },
};
