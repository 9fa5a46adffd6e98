import { defineMessages } from "#lib/i18n/messages.ts";

/** The text of the providers. */
export const t = defineMessages("catalogProviders", {
  title: "Providers",
  text: "What finds locations and entities by itself: forges, directories and others that the config names.",
  what: "The providers",
  provider: "Provider",
  found: "Found",
  locations: { one: "{count} location", other: "{count} locations" },
  entities: { one: "{count} entity", other: "{count} entities" },
  looked: "Looked",
  never: "never",
  next: "next",
  actions: "What can be done",
  refresh: "Look now",
  refreshLabel: "Look now: {title}",
  refreshed: "{title} has looked.",
  failed: "{title} could not look. {reason}",
  noneTitle: "No providers",
  none: "Nothing finds locations by itself: those that are read are named by the config or registered by hand.",
});
