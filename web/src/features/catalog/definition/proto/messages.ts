import { defineMessages } from "#lib/i18n/messages.ts";

/** The text of protocol buffers. */
export const t = defineMessages("proto", {
  service: "service {name}",
  message: "message",
  enum: "enum",
  extend: "adds to",
  asked: "Asked with",
  answers: "Answers",
  stream: "a stream of",
  options: "Options",
  fields: "Fields",
  values: "Values",
  reserved: "Reserved",
  usedIn: "Used in",
  imports: "Imports",
  syntax: "Syntax",
  oneOf: "one of {name}",
  deprecated: "deprecated",
  empty: "It has no fields.",
  overview: "Protocol Buffers",
});
