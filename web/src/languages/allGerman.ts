import type { Translation } from "#lib/i18n/messages.ts";

const files = import.meta.glob<{ german: Record<string, Translation> }>("../**/german.ts", { eager: true });

/** Every text of the front end in German; each folder has its own. */
export const texts: Readonly<Record<string, Translation>> = Object.assign(
  {},
  ...Object.values(files).map(({ german }) => german),
);
