import type { Translation } from "#lib/i18n/messages.ts";

export const german: Record<string, Translation> = { graphiql: { title: "GraphQL" } };
