import type { Translation } from "#lib/i18n/messages.ts";

export const german: Record<string, Translation> = {
  signIn: {
    title: "Anmelden",
    heading: "Anmelden bei {portal}",
    with: "Weiter mit {provider}",
    waiting: "Schließen Sie die Anmeldung mit {provider} im anderen Fenster ab.",
    here: "Stattdessen dieses Fenster verwenden",
    guest: "Als Gast fortfahren",
    guestNote: "Sie können sich ohne Anmeldung umsehen. Angemeldet sehen Sie, was Ihnen gehört, und können es ändern.",
    already: "Sie sind angemeldet als {name}.",
    goOn: "Weiter",
    what: "Die Anmeldearten",
    noneTitle: "Noch kann sich niemand anmelden",
    none: "In diesem Portal ist kein Anmeldedienst eingerichtet. Wer es betreibt, trägt einen in der Konfiguration ein:",
    snippet: "Ein Anmeldedienst, in callboard.yaml",
    quoted: "Die Antwort zu {provider} war: „{reason}“",
    unknown_provider: "Dieser Anmeldedienst ist hier nicht bekannt. Vielleicht wurde er entfernt.",
    invalid_state:
      "Diese Anmeldung wurde nicht in diesem Browser begonnen, hat zu lange gedauert oder wurde schon verwendet. Bitte beginnen Sie neu.",
    not_signed_in: "Melden Sie sich zuerst an; dann kann das Konto verbunden werden.",
    provider_unavailable: "Der Anmeldedienst ist nicht erreichbar. Vielleicht geht es gleich wieder.",
    provider_refused: "Der Anmeldedienst hat abgelehnt, oder Sie haben abgebrochen.",
    invalid_answer:
      "Die Antwort des Anmeldedienstes ist nicht vertrauenswürdig, darum wurde niemand angemeldet. Wenden Sie sich an die Betreiber dieses Portals.",
    not_allowed:
      "Dieses Konto hat hier keinen Zugang. Verwenden Sie ein anderes, oder wenden Sie sich an die Betreiber dieses Portals.",
    no_user:
      "Der Anmeldedienst kennt Sie, aber im Katalog gibt es zu diesem Konto niemanden. Bitten Sie die Betreiber dieses Portals, Sie aufzunehmen.",
    unverified_email:
      "Der Katalog kennt jemanden mit dieser E-Mail-Adresse, aber die Adresse ist dort nicht bestätigt. Bestätigen Sie sie und versuchen Sie es erneut.",
    ambiguous_user:
      "Zu diesem Konto passen mehrere Personen des Katalogs, darum ist nicht klar, wer Sie sind. Wenden Sie sich an die Betreiber dieses Portals.",
    rate_limited: "Zu viele Versuche. Bitte warten Sie eine Minute.",
    internal: "Im Portal ist ein Fehler aufgetreten. Er wurde protokolliert; versuchen Sie es erneut.",
    other: "Sie wurden nicht angemeldet.",
  },
};
