import { defineMessages } from "#lib/i18n/messages.ts";

/** The text of schemas. */
export const t = defineMessages("schema", {
  required: "required",
  deprecated: "deprecated",
  readOnly: "read only",
  writeOnly: "write only",
  default: "Default",
  example: "Example",
  values: "One of",
  oneOf: "Exactly one of",
  anyOf: "Any of",
  not: "None of",
  option: "Option {number}",
  showMore: "Show all {count} properties",
  properties: "Properties of {name}",
  elsewhere: "{name} is in another document, which is not fetched.",
  missing: "{name} is not in this definition.",
  cycle: "{name} leads around in a circle.",
  additional: "any other name",
  schema: "Schema",
  sample: "Example",
  view: "Show",
  body: "Body",
});
