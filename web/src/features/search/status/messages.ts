import { defineMessages } from "#lib/i18n/messages.ts";

/** The text of the page about the index of the search. */
export const t = defineMessages("searchStatus", {
  title: "Search index",
  text: "What can be found, and whether all of it is read. Each process of the portal has an index of its own.",
  what: "The state of the index",
  type: "Type",
  documents: "Documents",
  state: "State",
  complete: "Whole",
  reading: "Being read",
  failed: "Failed",
  rebuild: "Build anew",
  rebuilding: "Being built anew",
  rebuildAsked: "The index is built anew; until it is there, the present one answers.",
  rebuildFailed: "The index was not built anew: {reason}",
  engine: "Engine",
  size: "Size",
  rebuilt: "Built anew",
  never: "Not since the start",
  unknown: "Not known",
});
