import { defineMessages } from "#lib/i18n/messages.ts";

/** The text of groups and people. */
export const t = defineMessages("people", {
  members: "Members",
  reach: "Whose",
  direct: "Direct",
  everybody: "With groups below",
  noMembers: "Nobody is in this group.",
  noDirectMembers: {
    one: "Nobody is in this group itself; {count} person is in a group below it.",
    other: "Nobody is in this group itself; {count} people are in groups below it.",
  },
  showAll: "Show all {count}",
  shown: "{shown} of {count} are shown.",
  what: "The members",
  ownership: "Ownership",
  owned: "What it owns",
  ownsNothing: "Nothing in the catalog is in its charge.",
  ownsNothingYet: "Nothing in the catalog is in the charge of this group itself.",
  all: "See all {count}",
  seeAll: "See all of it",
  groups: "Groups",
  personally: "In person",
  throughGroup: "Through a group",
  throughAbove: "Through a group above",
  noGroups: "This person is in no group.",
  nothing: "nothing",
});
