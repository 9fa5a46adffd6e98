import { expect, test } from "vitest";
import { formFaults, formFields, withParam } from "./schemaForm.ts";

const schema = {
  type: "object",
  properties: {
    claims: {
      type: "array",
      items: { type: "string" },
      description: "`$currentUser` is who asks, `$ownerRefs` them all.",
    },
    annotation: { type: "string", maxLength: 5 },
    level: { enum: ["low", "high"] },
    atMost: { type: "integer", title: "Most" },
    isPublic: { type: "boolean" },
    match: { type: "object" },
  },
  required: ["claims", "annotation"],
};

test("each parameter is asked for by the control that fits its schema", () => {
  expect(
    formFields(schema).map(({ name, label, isRequired, control }) => [name, label, isRequired, control.kind]),
  ).toEqual([
    ["claims", "Claims", true, "list"],
    ["annotation", "Annotation", true, "text"],
    ["level", "Level", false, "choice"],
    ["atMost", "Most", false, "number"],
    ["isPublic", "Is public", false, "boolean"],
    ["match", "Match", false, "json"],
  ]);
});

test("the aliases that a description names are offered", () => {
  const [claims] = formFields(schema);
  expect(claims?.control).toEqual({ kind: "list", options: null, aliases: ["$currentUser", "$ownerRefs"] });
});

test("a schema that says nothing asks for nothing", () => {
  for (const nothing of [null, true, {}, { properties: null }]) expect(formFields(nothing)).toEqual([]);
});

test("what is missing or too long is told", () => {
  const fields = formFields(schema);
  const faults = formFaults(fields, { claims: [], annotation: "longer", atMost: "x" });
  expect(faults.map(({ name, message }) => `${name}: ${message}`)).toEqual([
    "claims: Name at least one.",
    "annotation: 5 characters at most.",
    "atMost: This is not a number.",
  ]);
  expect(formFaults(fields, { claims: ["$ownerRefs"], annotation: "a" })).toEqual([]);
});

test("a parameter that is emptied is left out", () => {
  expect(withParam({ key: "a", value: "b" }, "value", "")).toEqual({ key: "a" });
  expect(withParam({ key: "a" }, "value", false)).toEqual({ key: "a", value: false });
});
