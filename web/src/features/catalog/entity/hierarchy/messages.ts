import { defineMessages } from "#lib/i18n/messages.ts";

/** The text of what stands above and below an entity. */
export const t = defineMessages("hierarchy", {
  groups: "Where it stands",
  domains: "Where it stands",
  members: { one: "{count} member", other: "{count} members" },
  below: "below it",
  expand: "Show what is below {name}",
  collapse: "Fold what is below {name}",
  truncated: "The nearest are drawn. What is marked with … has more below it, which is fetched when it is opened.",
  failed: "What is below could not be fetched.",
  retry: "Try again",
});
