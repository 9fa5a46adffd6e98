import { expect, test } from "vitest";
import { sampleOf } from "./sample.ts";

const document = {
  components: {
    schemas: {
      Node: {
        type: "object",
        properties: {
          name: { type: "string" },
          children: { type: "array", items: { $ref: "#/components/schemas/Node" } },
        },
      },
      Wide: {
        type: "object",
        properties: Object.fromEntries(
          Array.from({ length: 30 }, (_, position) => [`p${position}`, { $ref: "#/components/schemas/Wider" }]),
        ),
      },
      Wider: {
        type: "object",
        properties: Object.fromEntries(
          Array.from({ length: 30 }, (_, position) => [`q${position}`, { $ref: "#/components/schemas/Widest" }]),
        ),
      },
      Widest: {
        type: "object",
        properties: Object.fromEntries(
          Array.from({ length: 30 }, (_, position) => [`r${position}`, { type: "string" }]),
        ),
      },
    },
  },
};
const sample = (schema: unknown, direction: "request" | "response" = "request") =>
  sampleOf(document, schema, direction);

test("examples, defaults and first values come before made ones", () => {
  expect(
    sample({
      type: "object",
      properties: {
        a: { type: "string", example: "x" },
        b: { type: "integer", default: 3 },
        c: { enum: ["one", "two"] },
        d: { type: "string", format: "date" },
        e: { type: "boolean" },
      },
    }),
  ).toEqual({ a: "x", b: 3, c: "one", d: "2030-01-31", e: true });
});

test("a schema within itself is shown once", () => {
  expect(sample({ $ref: "#/components/schemas/Node" })).toEqual({ name: "string", children: [] });
});

test("what only the other side writes is left out", () => {
  const schema = {
    type: "object",
    properties: { id: { type: "integer", readOnly: true }, secret: { type: "string", writeOnly: true } },
  };
  expect(sample(schema)).toEqual({ secret: "string" });
  expect(sample(schema, "response")).toEqual({ id: 0 });
});

test("the first of several ways is shown", () => {
  expect(sample({ oneOf: [{ type: "object", properties: { a: { type: "integer" } } }, { type: "string" }] })).toEqual({
    a: 0,
  });
});

test("what cannot be followed is left out", () => {
  const schema = { type: "object", properties: { a: { $ref: "https://elsewhere.example/" }, b: { type: "string" } } };
  expect(sample(schema)).toEqual({ b: "string" });
});

test("a sample never grows large", () => {
  expect(JSON.stringify(sample({ $ref: "#/components/schemas/Wide" })).length).toBeLessThan(20_000);
});
