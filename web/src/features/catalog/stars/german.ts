import type { Translation } from "#lib/i18n/messages.ts";

export const german: Record<string, Translation> = {
  stars: {
    star: "{name} einen Stern geben",
    unstar: "Stern von {name} entfernen",
    failed: "Der Stern konnte nicht geändert werden. {reason}",
  },
};
