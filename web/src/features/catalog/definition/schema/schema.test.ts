import { expect, test } from "vitest";
import { shapeOf } from "./schema.ts";

const document = {
  components: {
    schemas: {
      Pet: {
        type: "object",
        required: ["name"],
        properties: { name: { type: "string" }, parent: { $ref: "#/components/schemas/Pet" } },
      },
      Dog: {
        allOf: [
          { $ref: "#/components/schemas/Pet" },
          { required: ["breed"], properties: { breed: { enum: ["pug"] } } },
        ],
      },
      Self: { allOf: [{ $ref: "#/components/schemas/Self" }], type: "object" },
    },
  },
};
const shape = (schema: unknown) => shapeOf(document, schema);
const named = (name: string) => shape({ $ref: `#/components/schemas/${name}` });

test("an object says its properties, and which of them must be there", () => {
  expect(named("Pet")).toMatchObject({
    type: "object",
    name: "Pet",
    properties: [
      { name: "name", isRequired: true },
      { name: "parent", isRequired: false },
    ],
  });
});

test("what is all of several is one thing", () => {
  expect(named("Dog").properties.map(({ name, isRequired }) => [name, isRequired])).toEqual([
    ["name", true],
    ["parent", false],
    ["breed", true],
  ]);
});

test("what is all of itself ends", () => {
  expect(named("Self")).toMatchObject({ type: "object", properties: [] });
});

test("a list shows what its items are", () => {
  expect(shape({ type: "array", items: { $ref: "#/components/schemas/Pet" } })).toMatchObject({
    type: "Pet[]",
    properties: [{ name: "name" }, { name: "parent" }],
  });
  expect(shape({ type: "array", items: { type: "array", items: { type: "integer" } } }).type).toBe("integer[][]");
});

test("null is part of the type, in each version's way of saying it", () => {
  expect(shape({ type: ["string", "null"] }).type).toBe("string or null");
  expect(shape({ type: "string", nullable: true }).type).toBe("string or null");
  expect(shape({ anyOf: [{ type: "integer" }, { type: "null" }] })).toMatchObject({
    type: "any of or null",
    variants: [{ word: "anyOf", schemas: [{ type: "integer" }] }],
  });
});

test("what narrows a value is said in short", () => {
  expect(shape({ type: "integer", minimum: 1, maximum: 9, default: 2, example: 3 })).toMatchObject({
    limits: ["≥ 1", "≤ 9"],
    fallback: "2",
    examples: ["3"],
  });
  expect(shape({ type: "string", maxLength: 5, format: "date" }).limits).toEqual(["date", "length ≤ 5"]);
  expect(shape({ const: "a" }).values).toEqual(["a"]);
});

test("what cannot be followed is said", () => {
  expect(shape({ $ref: "https://elsewhere.example/x.json" }).problem).toBe("elsewhere");
  expect(named("Missing").problem).toBe("missing");
});

test("anything is any", () => {
  expect(shape(true).type).toBe("any");
  expect(shape({}).type).toBe("any");
  expect(shape(7).type).toBe("any");
});
