import type { Translation } from "#lib/i18n/messages.ts";

export const german: Record<string, Translation> = {
  catalogExport: {
    export: "Exportieren",
    csv: "Als CSV",
    json: "Als JSON",
    yaml: "Als Deskriptoren (YAML)",
    title: "Die Liste wird exportiert",
    text: "Alles, was die Filter übrig lassen, wird geholt, nicht nur diese Seite.",
    selectedText: "Die Datei enthält, was Sie ausgewählt haben.",
    progress: "{done} von {count}",
    cancel: "Abbrechen",
    close: "Schließen",
    done: {
      one: "{count} Entität wurde als {name} gespeichert",
      other: "{count} Entitäten wurden als {name} gespeichert",
    },
  },
};
