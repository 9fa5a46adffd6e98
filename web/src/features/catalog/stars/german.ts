import type { Translation } from "#lib/i18n/messages.ts";

export const german: Record<string, Translation> = {
  stars: {
    star: "{name} einen Stern geben",
    unstar: "{name} den Stern nehmen",
    failed: "Der Stern konnte nicht geändert werden. {reason}",
  },
};
