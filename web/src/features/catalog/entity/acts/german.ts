import type { Translation } from "#lib/i18n/messages.ts";

export const german: Record<string, Translation> = {
  entityActs: {
    more: "Mehr",
    refresh: "Neu lesen",
    refreshed: "{name} wurde neu gelesen.",
    gone: "{name} gibt es nicht mehr.",
    refreshFailed: "{name} konnte nicht neu gelesen werden. {reason}",
    unregister: "Quelle abmelden…",
    delete: "Löschen…",
    deleteTitle: "{name} löschen?",
    deleteAction: "Löschen",
    deleteOrphan: "Keine Quelle liefert sie mehr: Sie kommt nicht wieder.",
    deleteEmitted:
      "Eine Quelle liefert sie noch und bringt sie beim nächsten Lesen zurück. Um sie loszuwerden, nehmen Sie sie aus ihrem Deskriptor, oder melden Sie die Quelle ab.",
    deleted: "{name} wurde gelöscht.",
    comesBack: "{name} wurde gelöscht. Wenn {target} wieder gelesen wird, kommt es zurück.",
    stale: "Die Quelle konnte zuletzt nicht gelesen werden. Dies ist der letzte gute Stand.",
    staleSince: "Die Quelle konnte zuletzt nicht gelesen werden. Dies ist der letzte gute Stand, angesehen",
    tryAgain: "Neu lesen",
    orphan: "Keine Quelle liefert sie mehr: Was sie nannte, ist fort oder sagt jetzt etwas anderes.",
    conflict: "Auch eine andere Quelle beansprucht diese Referenz und wird übergangen:",
    document: "Dokument {number}",
  },
};
