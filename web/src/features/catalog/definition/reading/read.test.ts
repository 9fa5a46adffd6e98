import { expect, test } from "vitest";
import { longest, readDefinition } from "./read.ts";

test("each language is read by its own reader", () => {
  expect(readDefinition("openapi", "openapi: 3.0.0").read?.format).toBe("openapi");
  expect(readDefinition("asyncapi", "asyncapi: 2.0.0").read?.format).toBe("asyncapi");
  expect(readDefinition("graphql", "scalar A").read?.format).toBe("graphql");
  expect(readDefinition("grpc", "message A {}").read?.format).toBe("grpc");
});

test("what cannot be read is a problem, never an exception", () => {
  expect(readDefinition("openapi", "openapi: [")?.problem?.reason).toBe("syntax");
  expect(readDefinition("openapi", "openapi: 9.0.0").problem).toEqual({ reason: "version", detail: "9.0.0" });
  expect(readDefinition("graphql", '{"__schema": 3}').problem?.reason).toBe("broken");
});

test("what is too long is not read", () => {
  const text = `openapi: 3.0.0\n#${"x".repeat(longest)}`;
  expect(readDefinition("openapi", text).problem).toEqual({ reason: "tooLarge" });
});
