import { defineMessages } from "#lib/i18n/messages.ts";

/** The text of the providers. */
export const t = defineMessages("catalogProviders", {
  title: "Providers",
  text: "What adds locations and entities by itself: git hosts, folders and other sources that the config names.",
  what: "The providers",
  provider: "Provider",
  found: "Found",
  locations: { one: "{count} location", other: "{count} locations" },
  entities: { one: "{count} entity", other: "{count} entities" },
  looked: "Last look",
  never: "never",
  next: "next",
  actions: "Actions",
  refresh: "Look now",
  refreshLabel: "Look now: {title}",
  refreshed: "{title} has looked again.",
  failed: "{title} could not look. {reason}",
  noneTitle: "No providers",
  none: "Nothing finds locations by itself: those that are read are named by the config or registered by hand.",
});
