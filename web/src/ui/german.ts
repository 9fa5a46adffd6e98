import type { Translation } from "#lib/i18n/messages.ts";

export const german: Record<string, Translation> = {
  nameDialog: {
    name: "Name",
    missing: "Ein Name fehlt.",
    save: "Speichern",
    cancel: "Abbrechen",
  },
  facetOptions: {
    find: "In {facet} suchen",
    showAll: "Alle {count} zeigen",
    showFewer: "Weniger zeigen",
    none: "Keine",
  },
  confirm: { cancel: "Abbrechen" },
  copy: {
    copy: "{what} kopieren",
    copied: "Kopiert",
    failed: "Dieser Browser erlaubt das Kopieren nicht: Markieren Sie den Text",
    label: "Kopieren",
  },
  dialog: { close: "Schließen" },
  field: { optional: "optional" },
  picker: {
    remove: "{value} entfernen",
    add: "„{text}“ hinzufügen",
    nothing: "Nichts passt",
    type: "Tippen, um zu suchen",
  },
  sheet: { close: "Schließen" },
  toasts: { label: "Meldungen", dismiss: "Ausblenden", undo: "Rückgängig" },
};
