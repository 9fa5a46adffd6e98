import { defineMessages } from "#lib/i18n/messages.ts";

/** The text of the export. */
export const t = defineMessages("catalogExport", {
  export: "Export",
  csv: "As CSV",
  json: "As JSON",
  yaml: "As descriptors (YAML)",
  title: "Exporting the list",
  text: "The file holds all that the filters leave, not only this page.",
  progress: "{done} of {count}",
  cancel: "Cancel",
  close: "Close",
  done: { one: "{count} entity was saved as {name}", other: "{count} entities were saved as {name}" },
});
