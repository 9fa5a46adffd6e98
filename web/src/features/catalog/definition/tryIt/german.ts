import type { Translation } from "#lib/i18n/messages.ts";

export const german: Record<string, Translation> = {
  tryIt: {
    title: "Ausprobieren",
    open: "Ausprobieren",
    close: "Schließen",
    server: "Server",
    otherServer: "Andere Adresse…",
    address: "Adresse des Servers",
    addressHint: "Mit `https://` und dem Pfad, unter dem die API beginnt.",
    relativeServer: "Die Definition nennt nur den Pfad `{path}`. Geben Sie die Adresse an, unter der er liegt.",
    noServer: "Die Definition nennt keinen Server. Geben Sie die Adresse eines Servers an.",
    body: "Body",
    mediaType: "Typ des Bodys",
    fieldsHint: "Ein JSON-Objekt: Jeder Schlüssel ist ein Feld.",
    alternative: "Zugangsdaten",
    user: "Name",
    secret_basic: "Passwort",
    secret_bearer: "Token",
    secret_header: "API-Key für den Header {key}",
    secret_query: "API-Key für die Query ({key})",
    secret_cookie: "API-Key für das Cookie {key}",
    secret_other: "Wert des Headers {key}",
    secretHint:
      "Wird verworfen, sobald Sie die Seite verlassen. Von Ihrer Sitzung in diesem Portal wird nie etwas gesendet.",
    send: "Senden",
    sending: "Wird gesendet…",
    cancel: "Abbrechen",
    curl: "Als Befehl",
    gap_server: "Geben Sie zuerst die Adresse eines Servers an.",
    gap_missing: "Füllen Sie zuerst `{name}` aus.",
    gap_fields: "Der Body muss ein JSON-Objekt sein, jeder Schlüssel ein Feld.",
    unsendable: {
      one: "Browser lassen keine Seite den Header {names} senden; der Befehl unten kann es.",
      other: "Browser lassen keine Seite die Header {names} senden; der Befehl unten kann es.",
    },
    mixed:
      "Dieses Portal ist über `https` geöffnet, und von einer solchen Seite senden Browser nichts an eine Adresse mit `http`. Verwenden Sie eine Adresse mit `https` oder den Befehl unten.",
    unreachable: "Der Browser hat keine Antwort, die er zeigen darf",
    unreachableText:
      "Entweder ist die Adresse von Ihnen aus nicht erreichbar, oder der Server erlaubt Seiten von {origin} nicht, seine Antworten zu lesen (CORS). Erlauben können es die Betreiber der API: mit dem Header `Access-Control-Allow-Origin: {origin}` und, bei Anfragen mit eigenen Headern oder anderen Methoden, mit einer Antwort auf die Anfrage `OPTIONS`, die Browser vorab senden. Auf der Kommandozeile gilt das nicht: Kopieren Sie den Befehl und führen Sie ihn aus.",
    redirect: "Der Server leitet weiter",
    redirectText:
      "Weiterleitungen wird von hier aus nicht gefolgt, denn sie könnten Ihre Eingaben an einen Server bringen, den Sie nicht gewählt haben. Der Befehl zeigt, wohin sie führt; mit `-L` folgt er ihr.",
    refused: "Der Browser hat das Senden verweigert",
    answered: "{status} in {milliseconds} ms",
    headers: { one: "{count} Header", other: "{count} Header" },
    answer: "Antwort",
    empty: "Die Antwort hat keinen Body.",
    cut: "Nur das erste Megabyte der Antwort wird gezeigt.",
    binary: "Die Antwort ist kein Text.",
  },
};
