import type { Translation } from "#lib/i18n/messages.ts";

export const german: Record<string, Translation> = {
  catalogPalette: {
    entities: "Katalog",
    people: "Personen und Teams",
    tags: "Tags",
    all: { one: "Im Katalog zeigen", other: "Alle {count} im Katalog zeigen" },
    allTagged: { one: "{count} Entität", other: "{count} Entitäten" },
    register: "Etwas im Katalog registrieren",
    registerWords: "hinzufügen importieren quelle komponente url yaml",
    mine: "Zeigen, was mir gehört",
    mineWords: "meine mein team katalog zuständig",
    starred: "Zeigen, was meinen Stern hat",
    starredWords: "favoriten sterne lesezeichen katalog",
  },
};
