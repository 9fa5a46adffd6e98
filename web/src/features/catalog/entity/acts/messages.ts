import { defineMessages } from "#lib/i18n/messages.ts";

/** The text of what can be done with an entity. */
export const t = defineMessages("entityActs", {
  more: "More",
  inspect: "Inspect",
  copyReference: "Copy the reference",
  copyAddress: "Copy the address",
  addressCopied: "The address is on the clipboard.",
  notCopied: "This browser does not let us copy.",
  graph: "Open in the graph",
  viewSource: "View its descriptor",
  editSource: "Edit its descriptor",
  register: "Register a location",
  refresh: "Refresh",
  refreshed: "{name} was read again.",
  gone: "{name} is no longer there.",
  refreshFailed: "{name} could not be read again. {reason}",
  unregister: "Unregister its location…",
  delete: "Delete…",
  deleteTitle: "Delete {name}?",
  deleteAction: "Delete",
  deleteOrphan: "No location brings it in any more, so it does not come back.",
  deleteEmitted:
    "A location still describes it, and brings it back when it is read next. To remove it for good, take it out of its descriptor, or unregister the location.",
  deleted: "{name} was deleted.",
  comesBack: "{name} was deleted. It comes back when {target} is read next.",
  stale: "Its source could not be read the last time. This is the last good version.",
  staleSince: "Its source could not be read the last time. This is the last good version, looked at",
  tryAgain: "Read again",
  orphan: "No location brings this in any more: the file that described it is gone, or no longer names it.",
  conflict: "Another source claims this reference, too, and is ignored:",
  document: "document {number}",
});
