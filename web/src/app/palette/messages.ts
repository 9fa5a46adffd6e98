import { defineMessages } from "#lib/i18n/messages.ts";

export const t = defineMessages("palette", {
  title: "Find anything",
  field: "Search or run",
  placeholder: "Search, or type > for commands",
  recent: "Recently visited",
  pages: "Go to",
  commands: "Commands",
  results: { one: "{count} result", other: "{count} results" },
  searching: "Searching",
  nothing: "Nothing matches “{words}”",
  start: "Type to search the whole portal.",
  open: "to open",
  run: "to run",
  newTab: "in a new tab",
  close: "Close",
  commandsHint: "commands",
  peopleHint: "people and teams",
  tagsHint: "tags",
  failed: "{what}: {reason}",
});
