import type { Translation } from "#lib/i18n/messages.ts";

export const german: Record<string, Translation> = {
  pageLinks: { pages: "Seiten", newest: "Neueste", older: "Älter" },
  auth: { sessions: "Sitzungen", tokens: "Tokens" },
};
