import { defineMessages } from "#lib/i18n/messages.ts";

/** The text about what depends on an entity. */
export const t = defineMessages("dependents", {
  tab: "Dependents",
  what: "What depends on this",
  summary: { one: "{count} entity depends on this", other: "{count} entities depend on this" },
  truncated: "There are more than are shown: these are the nearest.",
  owners: "Whom a change concerns",
  ownerCount: { one: "{count} entity", other: "{count} entities" },
  direct: "Directly",
  steps: { one: "{count} step away", other: "{count} steps away" },
  none: "Nothing in the catalog depends on this.",
  noneTitle: "Nothing depends on this",
  path: "The way to another entity",
  pathTo: "Other entity",
  pathHint: "The shortest way along relations, whichever way they point.",
  search: "Search the catalog",
  noPath: "No relations lead from one to the other.",
  whatPath: "The way there",
  stepsList: "The way there",
});
