import type { Translation } from "./messages.ts";

export const german: Record<string, Translation> = {
  failure: {
    UNREACHABLE: "Das Portal ist nicht erreichbar. Prüfen Sie die Verbindung und versuchen Sie es erneut.",
    UNAVAILABLE:
      "Ein Teil des Portals hat nicht geantwortet. Der Rest funktioniert weiterhin; versuchen Sie es gleich noch einmal.",
    INTERNAL:
      "Im Portal ist ein Fehler aufgetreten. Er wurde protokolliert; versuchen Sie es erneut oder melden Sie die Anfrage unten.",
    UNAUTHENTICATED: "Ihre Sitzung ist zu Ende, oder Ihre Anmeldedaten sind ungültig. Melden Sie sich wieder an.",
    FORBIDDEN: "Das dürfen Sie sehen, aber nicht ändern.",
    NOT_FOUND: "Das gibt es nicht, oder Sie dürfen es nicht sehen.",
    BAD_USER_INPUT: "Das Portal versteht einen Teil dieser Anfrage nicht.",
    CONFLICT: "Das hat inzwischen jemand anderes geändert. Laden Sie neu und versuchen Sie es noch einmal.",
    TOO_COMPLEX: "Das ist mehr, als das Portal auf einmal erlaubt. Grenzen Sie es ein.",
    RATE_LIMITED: "Zu viele Anfragen. Warten Sie einen Augenblick und versuchen Sie es erneut.",
    OTHER: "Das Portal konnte nicht antworten.",
  },
  time: { now: "gerade eben", soon: "gleich" },
};
