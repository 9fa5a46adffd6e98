import { defineMessages } from "#lib/i18n/messages.ts";

/** The text of AsyncAPI definitions. */
export const t = defineMessages("asyncApi", {
  servers: "Servers",
  onServers: "On",
  defaultContentType: "Content unless told",
  parameters: "In its address",
  operations: "Operations",
  action_send: "This application sends to it.",
  action_receive: "This application receives from it.",
  action_publish: "You may publish to it.",
  action_subscribe: "You may subscribe to it.",
  withMessages: "With {messages}",
  repliesOn: "Answered on",
  payload: "Payload",
  headers: "Headers",
  bindings: "Bindings",
  otherSchema: "Its payload is described as {format}:",
});
