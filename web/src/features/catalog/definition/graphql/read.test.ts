import { buildSchema, introspectionFromSchema } from "graphql";
import { expect, test } from "vitest";
import { problemOf } from "../reading/problem.ts";
import { typeNamed } from "./model.ts";
import { readGraphql } from "./read.ts";

const schema = `
type Query {
  "All pets."
  pets(first: Int = 10, kind: Kind): [Pet!]!
  old: Int @deprecated(reason: "Use pets")
}
"Somebody's."
type Pet implements Node @key(fields: "id") { id: ID! owner: Unknown }
interface Node { id: ID! }
extend type Pet { name: String }
enum Kind { CAT DOG @deprecated }
union Any = Pet
scalar Date
directive @key(fields: String!) repeatable on OBJECT
`;

test("a schema becomes types, roots and an outline", () => {
  const { model, outline } = readGraphql(schema);
  expect(model.roots).toEqual({ query: "Query" });
  expect(typeNamed(model, "Query")?.fields).toMatchObject([
    {
      name: "pets",
      type: "[Pet!]!",
      description: "All pets.",
      arguments: [{ name: "first", fallback: "10" }, { name: "kind" }],
    },
    { name: "old", deprecation: "Use pets" },
  ]);
  expect(outline.groups.map(({ section, items }) => [section, items.map(({ id }) => id)])).toEqual([
    ["queries", ["Query.pets", "Query.old"]],
    ["objects", ["Pet"]],
    ["interfaces", ["Node"]],
    ["enums", ["Kind"]],
    ["unions", ["Any"]],
    ["scalars", ["Date"]],
    ["directives", ["@key"]],
  ]);
});

test("extensions belong to their type, and types that are nowhere are no mistake", () => {
  const pet = typeNamed(readGraphql(schema).model, "Pet");
  expect(pet?.fields.map(({ name, type }) => `${name}: ${type}`)).toEqual([
    "id: ID!",
    "owner: Unknown",
    "name: String",
  ]);
  expect(pet?.directives).toEqual(['@key(fields: "id")']);
  expect(readGraphql("extend type A { b: Int }").model.types).toMatchObject([{ name: "A", kind: "object" }]);
});

test("a type knows where it is mentioned", () => {
  const { mentions } = readGraphql(schema).model;
  expect(mentions.Pet).toEqual(["Query.pets", "Any"]);
  expect(mentions.Kind).toEqual(["Query.pets"]);
});

test("the schema says where operations begin", () => {
  expect(readGraphql("schema { query: Root } type Root { a: Int } type Query { b: Int }").model.roots).toEqual({
    query: "Root",
  });
});

test("an introspection is read as the schema it is of", () => {
  const data = introspectionFromSchema(buildSchema("type Query { a: B } type B { c: Int }"));
  expect(readGraphql(JSON.stringify({ data })).model.types.map(({ name }) => name)).toEqual(["Query", "B"]);
});

test("a mistake is told with its line", () => {
  try {
    readGraphql("type Query {\n  a: Int\n  b Int\n}");
    expect.unreachable();
  } catch (error) {
    expect(problemOf(error)).toEqual({
      reason: "syntax",
      detail: 'Expected ":", found Name "Int".',
      line: 3,
      column: 5,
    });
  }
});

test("types named like what objects inherit are types", () => {
  const { model } = readGraphql("type constructor { a: __proto__ } type __proto__ { b: constructor }");
  expect(model.mentions.constructor).toEqual(["__proto__.b"]);
  expect(Object.keys(model.mentions)).toContain("__proto__");
});

test("depth ends in a problem, not in a crash", () => {
  const deep = `type Query { a: ${"[".repeat(100_000)}Int${"]".repeat(100_000)} }`;
  try {
    readGraphql(deep);
    expect.unreachable();
  } catch (error) {
    expect(problemOf(error).reason).toBe("tooDeep");
  }
});
