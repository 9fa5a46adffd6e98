import type { Translation } from "#lib/i18n/messages.ts";

export const german: Record<string, Translation> = {
  permissions: { roles: "Rollen", explain: "Erklären", files: "Import und Export" },
};
