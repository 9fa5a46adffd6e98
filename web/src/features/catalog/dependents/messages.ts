import { defineMessages } from "#lib/i18n/messages.ts";

/** The text about what depends on an entity. */
export const t = defineMessages("dependents", {
  tab: "Dependents",
  what: "What depends on this",
  summary: { one: "{count} entity depends on this", other: "{count} entities depend on this" },
  summaryOfMore: "At least {count} entities depend on this",
  truncated: "There are more than are shown: these are the nearest.",
  inGraph: "Show it in the graph",
  owners: "Who is affected by a change",
  ownerCount: { one: "{count} entity", other: "{count} entities" },
  direct: "Directly",
  steps: { one: "{count} step away", other: "{count} steps away" },
  none: "Nothing in the catalog depends on this.",
  noneTitle: "Nothing depends on this",
  path: "Path to another entity",
  pathTo: "Other entity",
  pathHint: "The shortest path along relations, in either direction.",
  search: "Search the catalog",
  noPath: "No relations connect the two.",
  whatPath: "The path",
  stepsList: "The path",
});
