import { expect, test } from "vitest";
import { operationOf } from "./operation.ts";

const document = {
  openapi: "3.1.0",
  security: [{ key: [] }],
  paths: {
    "/pets/{id}": {
      servers: [{ url: "https://pets.example" }],
      parameters: [
        { name: "id", in: "path", schema: { type: "string" } },
        { name: "trace", in: "header", schema: { type: "string" } },
      ],
      put: {
        summary: "Change one",
        parameters: [
          { $ref: "#/components/parameters/trace" },
          { name: "tags", in: "query", explode: false, schema: {} },
        ],
        requestBody: {
          required: true,
          content: { "application/json": { schema: { type: "object" }, example: { a: 1 } } },
        },
        responses: { 200: { $ref: "#/components/responses/Changed" }, default: {} },
      },
      get: { security: [] },
    },
  },
  components: {
    parameters: { trace: { name: "trace", in: "header", required: true } },
    responses: { Changed: { description: "Done", headers: { ETag: { description: "Its version" } } } },
    securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Key" } },
  },
};

test("an operation inherits from its path, and says it anew", () => {
  const operation = operationOf(document, "PUT /pets/{id}");
  expect(operation).toMatchObject({
    method: "PUT",
    path: "/pets/{id}",
    summary: "Change one",
    servers: [{ url: "https://pets.example" }],
    parameters: [
      { name: "id", place: "path", isRequired: true },
      { name: "trace", place: "header", isRequired: true },
      { name: "tags", place: "query", isExploded: false },
    ],
    body: { isRequired: true, media: [{ type: "application/json", examples: [{ value: { a: 1 } }] }] },
    responses: [
      { status: "200", description: "Done", headers: [{ name: "ETag" }] },
      { status: "default", media: [] },
    ],
    security: [[{ name: "key", kind: "header", key: "X-Key" }]],
  });
});

test("an operation may do without what the document asks for", () => {
  expect(operationOf(document, "GET /pets/{id}")?.security).toEqual([]);
});

test("version 2 has its body among its parameters", () => {
  const old = {
    swagger: "2.0",
    consumes: ["application/json"],
    produces: ["text/plain"],
    securityDefinitions: { login: { type: "basic" } },
    paths: {
      "/pets": {
        post: {
          parameters: [
            { name: "pet", in: "body", required: true, schema: { type: "object" } },
            { name: "limit", in: "query", type: "array", items: { type: "integer" }, collectionFormat: "csv" },
          ],
          security: [{ login: [] }],
          responses: { 200: { description: "ok", schema: { type: "string" }, examples: { "text/plain": "hi" } } },
        },
        put: { consumes: ["multipart/form-data"], parameters: [{ name: "photo", in: "formData", type: "file" }] },
      },
    },
  };
  expect(operationOf(old, "POST /pets")).toMatchObject({
    parameters: [{ name: "limit", schema: { type: "array" }, isExploded: false }],
    body: { isRequired: true, media: [{ type: "application/json", schema: { type: "object" } }] },
    responses: [{ media: [{ type: "text/plain", schema: { type: "string" }, examples: [{ value: "hi" }] }] }],
    security: [[{ kind: "basic" }]],
  });
  expect(operationOf(old, "PUT /pets")?.body).toMatchObject({
    media: [{ type: "multipart/form-data", schema: { properties: { photo: { format: "binary" } } } }],
  });
});

test("what is not there is not found", () => {
  expect(operationOf(document, "DELETE /pets/{id}")).toBeUndefined();
  expect(operationOf(document, "GET /constructor")).toBeUndefined();
  expect(operationOf(document, "CONSTRUCTOR /pets/{id}")).toBeUndefined();
  expect(operationOf(document, "schema Pet")).toBeUndefined();
});
