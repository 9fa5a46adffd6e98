import { defineMessages } from "#lib/i18n/messages.ts";

/** The text of the page of problems. */
export const t = defineMessages("catalogProblems", {
  title: "Problems in descriptors",
  text: "These documents could not be taken into the catalog. Whatever was good in the same files is there; where a good version was read before, it is kept.",
  what: "The problems",
  document: "Document {number}",
  position: "{line}:{column}",
  noneTitle: "No problems",
  none: "Every descriptor that was read is in the catalog.",
  next: "Next",
});
