import { defineMessages } from "#lib/i18n/messages.ts";

export const t = defineMessages("catalogPalette", {
  entities: "Catalog",
  people: "People and teams",
  tags: "Tags",
  all: { one: "Show it in the catalog", other: "Show all {count} in the catalog" },
  allTagged: { one: "{count} entity", other: "{count} entities" },
  register: "Register something in the catalog",
  registerWords: "add import location component url yaml",
  mine: "Show what I own",
  mineWords: "owned my team catalog",
  starred: "Show what I starred",
  starredWords: "favourites stars bookmarks catalog",
});
