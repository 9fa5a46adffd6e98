import { defineMessages } from "#lib/i18n/messages.ts";

/** The text of stars. */
export const t = defineMessages("stars", {
  star: "Star {name}",
  unstar: "Remove the star from {name}",
  failed: "The star could not be changed. {reason}",
});
