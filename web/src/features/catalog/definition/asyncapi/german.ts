import type { Translation } from "#lib/i18n/messages.ts";

export const german: Record<string, Translation> = {
  asyncApi: {
    servers: "Server",
    onServers: "Auf",
    defaultContentType: "Content-Type, wenn nichts anderes angegeben ist",
    parameters: "Parameter der Adresse",
    operations: "Operationen",
    action_send: "Diese Anwendung sendet in diesen Kanal.",
    action_receive: "Diese Anwendung empfängt aus diesem Kanal.",
    action_publish: "In diesem Kanal können Sie veröffentlichen.",
    action_subscribe: "Diesen Kanal können Sie abonnieren.",
    withMessages: "Mit {messages}",
    repliesOn: "Antwort über",
    payload: "Payload",
    headers: "Header",
    bindings: "Bindings",
    otherSchema: "Payload, beschrieben als {format}:",
  },
};
