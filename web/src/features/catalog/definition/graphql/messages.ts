import { defineMessages } from "#lib/i18n/messages.ts";

/** The text of GraphQL schemas. */
export const t = defineMessages("sdl", {
  kind_object: "type",
  kind_interface: "interface",
  kind_input: "input",
  kind_enum: "enum",
  kind_union: "union",
  kind_scalar: "scalar",
  kind_directive: "directive",
  arguments: "Arguments",
  returns: "Answers",
  fields: "Fields",
  values: "Values",
  members: "One of",
  implements: "Implements",
  implementedBy: "Implemented by",
  locations: "May stand on",
  repeatable: "more than once",
  directives: "Marked with",
  mentions: "Mentioned in",
  deprecated: "Deprecated: {reason}",
  deprecatedPlain: "Deprecated",
  overview: "Schema",
});
