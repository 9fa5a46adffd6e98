import { defineMessages } from "#lib/i18n/messages.ts";

/** The text of settings. */
export const t = defineMessages("setting", {
  failed: "That was not kept: {reason}",
});
