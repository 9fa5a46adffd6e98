import { defineMessages } from "#lib/i18n/messages.ts";

/** The text of what systems and domains are made of. */
export const t = defineMessages("contents", {
  components: "Components",
  apis: "APIs",
  resources: "Resources",
  aiResources: "AI resources",
  systems: "Systems",
  subdomains: "Subdomains",
  name: "Name",
  type: "Type",
  lifecycle: "Lifecycle",
  owner: "Owner",
  ownedBy: "owned by",
  empty: "Nothing is part of it yet.",
  emptyHint: "What belongs here says so in its own descriptor:",
  other: { one: "{count} more part", other: "{count} more parts" },
  works: "Inner workings",
});
