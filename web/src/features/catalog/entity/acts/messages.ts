import { defineMessages } from "#lib/i18n/messages.ts";

/** The text of what can be done with an entity. */
export const t = defineMessages("entityActs", {
  more: "More",
  refresh: "Refresh",
  refreshed: "{name} was read again.",
  gone: "{name} is there no more.",
  refreshFailed: "{name} could not be read again. {reason}",
  unregister: "Unregister its location…",
  delete: "Delete…",
  deleteTitle: "Delete {name}?",
  deleteAction: "Delete",
  deleteOrphan: "No location emits it any more: it does not come back.",
  deleteEmitted:
    "A location still emits it, and brings it back when it is read next. To be rid of it, take it out of its descriptor, or unregister the location.",
  deleted: "{name} was deleted.",
  comesBack: "{name} was deleted. It comes back when {target} is read next.",
  stale: "Its source could not be read the last time. This is the last good version.",
  staleSince: "Its source could not be read the last time. This is the last good version, looked at",
  tryAgain: "Read again",
  orphan: "No location emits it any more: what told of it is gone or says something else now.",
  conflict: "Another source claims this reference, too, and is ignored:",
  document: "document {number}",
});
