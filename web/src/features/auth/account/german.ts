import type { Translation } from "#lib/i18n/messages.ts";

export const german: Record<string, Translation> = {
  accountPage: {
    title: "Konto",
    parts: "Bereiche Ihres Kontos",
    profile: "Profil",
    sessions: "Sitzungen",
    tokens: "Tokens",
    connections: "Verbundene Konten",
    what: "Ihr Konto",
    who: "Wer Sie sind",
    name: "Name",
    reference: "Referenz",
    groups: "Gruppen",
    groupsText:
      "Zu diesen gehören Sie, auch über deren übergeordnete. Was ihnen gehört, gehört Ihnen, und ihre Rollen sind Ihre.",
    noGroups: "Sie gehören zu keiner Gruppe.",
    entity: "Im Katalog",
    noEntity: "Im Katalog gibt es niemanden dieses Namens.",
    access: "Zugang",
    SESSION: "durch Anmeldung",
    TOKEN: "durch ein Zugriffstoken",
    GUEST: "als Gast, ohne Anmeldung",
    EXTERNAL: "durch ein Token eines anderen Ausstellers",
    STATIC_TOKEN: "durch ein Token aus der Konfiguration",
    guestNote:
      "Sie sind als Gast hier. Melden Sie sich an, um eigene Sitzungen, Tokens und verbundene Konten zu haben.",
    signIn: "Anmelden",
    explain: "Erklären, was Sie dürfen",
    connectionsText:
      "Konten bei anderen Diensten, die das Portal für Sie verwenden darf, etwa um Dateien in Ihrem Namen zu ändern.",
    noneTitle: "Keine verbundenen Konten",
    none: "Verbinden Sie eines, und was Sie im Portal tun, geschieht auch dort in Ihrem Namen.",
    login: "Konto",
    scopes: "Was das Portal darf",
    connected: "Verbunden",
    connect: "{provider} verbinden",
    reconnect: "Erneut verbinden",
    disconnect: "Trennen",
    disconnectTitle: "{provider} trennen?",
    disconnectText:
      "Das Portal vergisst, womit es als {login} handeln kann. Nehmen Sie es sicherheitshalber auch dort zurück.",
    disconnected: "{provider} ist getrennt.",
    actions: "Aktionen",
  },
};
