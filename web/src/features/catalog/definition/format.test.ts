import { expect, test } from "vitest";
import { chooseFormat, sniffFormat } from "./format.ts";

test("a text is recognised by how it begins", () => {
  expect(sniffFormat('{ "openapi": "3.1.0" }')).toBe("openapi");
  expect(sniffFormat('{"info":{"title":"x"},"swagger":"2.0"}')).toBe("openapi");
  expect(sniffFormat("# a comment\nopenapi: 3.0.3\ninfo: {}")).toBe("openapi");
  expect(sniffFormat("asyncapi: '2.6.0'")).toBe("asyncapi");
  expect(sniffFormat('syntax = "proto3";\nmessage A {}')).toBe("grpc");
  expect(sniffFormat("package a;\n\nservice Fares {\n")).toBe("grpc");
  expect(sniffFormat('"A day."\nscalar Date\n')).toBe("graphql");
  expect(sniffFormat("type Query @key(fields: x) {\n  a: Int\n}")).toBe("graphql");
  expect(sniffFormat('{"data":{"__schema": {}}}')).toBe("graphql");
});

test("what nothing tells stays unknown", () => {
  expect(sniffFormat("type: object\nproperties: {}")).toBeUndefined();
  expect(sniffFormat("namespace java x")).toBeUndefined();
  expect(sniffFormat("")).toBeUndefined();
});

test("what it reads as goes before what its entity says, and that is told", () => {
  expect(chooseFormat("openapi", "openapi: 3.0.0")).toEqual({ format: "openapi" });
  expect(chooseFormat("openapi", "type Query { a: Int }")).toEqual({ format: "graphql", declared: "openapi" });
  expect(chooseFormat("in-house", "asyncapi: 3.0.0")).toEqual({ format: "asyncapi", declared: "in-house" });
  expect(chooseFormat(null, "asyncapi: 3.0.0")).toEqual({ format: "asyncapi" });
});

test("where nothing tells, its entity is believed", () => {
  expect(chooseFormat("GraphQL", "# nothing yet")).toEqual({ format: "graphql" });
  expect(chooseFormat("thrift", "namespace java x")).toEqual({ format: "text" });
  expect(chooseFormat("constructor", "x")).toEqual({ format: "text" });
});

test("a line without an end is told from a type as quickly as any other", { timeout: 10_000 }, () => {
  expect(sniffFormat(`type ${"a".repeat(100_000)}`)).toBeUndefined();
});
