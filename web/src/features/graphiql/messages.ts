import { defineMessages } from "#lib/i18n/messages.ts";

/** The text of what the portal adds to the query editor. */
export const t = defineMessages("graphiqlQueries", {
  title: "Saved queries",
  name: "Name",
  save: "Save this query",
  replaces: "Saving replaces the one of this name.",
  nothingToSave: "There is no query to save.",
  tooMany: "You have {most} queries, the most there may be. Delete one to save another.",
  none: "None yet. Write a query, give it a name, and it is here next time.",
  keptIn_account: "Kept with your account: they are wherever you sign in.",
  keptIn_browser: "Kept in this browser alone. Sign in to have them everywhere.",
  delete: "Delete {name}",
  deleted: "“{name}” is deleted.",
  undo: "Undo",
  saved: "“{name}” is saved.",
  failed: "That was not kept: {reason}",
  loadFailed: "What you saved could not be fetched: {reason}",
  retry: "Try again",
  examples: "To start from",
  copyLink: "Copy a link to this query",
  copied: "The link is copied",
  notCopied: "This browser does not let us copy",
});
