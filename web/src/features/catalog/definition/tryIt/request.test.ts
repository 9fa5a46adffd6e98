import { expect, test } from "vitest";
import { operationOf } from "../openapi/operation.ts";
import { curlOf } from "./curl.ts";
import { requestOf, unsendable } from "./request.ts";
import { addressOfServer, isWholeAddress, serversOf } from "./servers.ts";

const document = {
  openapi: "3.0.0",
  paths: {
    "/pets/{id}": {
      put: {
        parameters: [
          { name: "id", in: "path", required: true },
          { name: "tags", in: "query", schema: { type: "array" } },
          { name: "X-Trace", in: "header" },
          { name: "flavour", in: "cookie" },
        ],
        requestBody: { content: { "application/json": { schema: {} } } },
      },
    },
  },
};
const operation = operationOf(document, "PUT /pets/{id}");
if (!operation) throw new Error("the operation is there");
const server = "https://api.example/v1/";
const values = { "path id": "a/b", "query tags": "x,y z", "header X-Trace": "1" };
const filled = { server, values, credentials: {}, security: [] };

test("what was filled in stands where it belongs, and cannot leave it", () => {
  expect(requestOf(operation, filled)).toEqual({
    method: "PUT",
    url: "https://api.example/v1/pets/a%2Fb?tags=x&tags=y+z",
    headers: [["X-Trace", "1"]],
  });
});

test("what a definition calls a path never leads to another server", () => {
  for (const path of ["@evil.example/a", ".evil.example/a", ":8080/a", "//evil.example/a", "\\evil.example"]) {
    const request = requestOf({ ...operation, path, parameters: [] }, { ...filled, server: "https://api.example" });
    expect("url" in request && new URL(request.url).host, path).toBe("api.example");
  }
});

test("what is missing is named", () => {
  expect(requestOf(operation, { ...filled, values: {} })).toEqual({ problem: "missing", name: "id" });
  expect(requestOf(operation, { ...filled, server: "/v1" })).toEqual({ problem: "server" });
  expect(requestOf(operation, { ...filled, server: "javascript:alert(1)" })).toEqual({ problem: "server" });
});

test("a body goes with its type", () => {
  const body = { type: "application/json", text: '{"a":1}' };
  expect(requestOf(operation, { ...filled, body })).toMatchObject({
    headers: [
      ["X-Trace", "1"],
      ["Content-Type", "application/json"],
    ],
    body: { kind: "text", text: '{"a":1}' },
  });
  const form = { type: "application/x-www-form-urlencoded", text: '{"a":1,"b":"x y"}' };
  expect(requestOf(operation, { ...filled, body: form })).toMatchObject({
    body: {
      kind: "form",
      fields: [
        ["a", "1"],
        ["b", "x y"],
      ],
    },
  });
  expect(requestOf(operation, { ...filled, body: { ...form, text: "a=1" } })).toEqual({ problem: "fields" });
});

test("credentials are those that were typed, in the place their scheme says", () => {
  const scheme = { name: "s", scopes: [], key: "Authorization" };
  const credentials = { "secret s": "pä", "user s": "me" };
  const headersWith = (kind: "basic" | "bearer" | "cookie") => {
    const request = requestOf(operation, {
      ...filled,
      values: { "path id": "1" },
      credentials,
      security: [{ ...scheme, kind }],
    });
    return "headers" in request ? request.headers : request;
  };
  expect(headersWith("bearer")).toEqual([["Authorization", "Bearer pä"]]);
  expect(headersWith("basic")).toEqual([["Authorization", "Basic bWU6cMOk"]]);
  expect(headersWith("cookie")).toEqual([["Cookie", "Authorization=pä"]]);
});

test("headers that no page may send are told", () => {
  const request = requestOf(operation, { ...filled, values: { ...values, "cookie flavour": "sweet" } });
  expect("headers" in request && unsendable(request)).toEqual(["Cookie"]);
});

test("the command for a shell has nothing in it that the shell would read", () => {
  const command = curlOf({
    method: "POST",
    url: "https://api.example/?a=$(reboot)&b='c'",
    headers: [["X", "`id`"]],
    body: { kind: "text", text: "it's" },
  });
  expect(command).toBe(
    "curl -X POST 'https://api.example/?a=$(reboot)&b='\\''c'\\''' \\\n  -H 'X: `id`' \\\n  --data-raw 'it'\\''s'",
  );
});

test("servers are read in each version, with their variables", () => {
  const [one] = serversOf(
    {
      openapi: "3.0.0",
      servers: [{ url: "https://{region}.example", variables: { region: { default: "eu", enum: ["eu", "us"] } } }],
    },
    [],
  );
  expect(one && addressOfServer(one, {})).toBe("https://eu.example");
  expect(one && addressOfServer(one, { region: "us" })).toBe("https://us.example");
  expect(serversOf({ swagger: "2.0", host: "a.example", basePath: "/v1", schemes: ["http", "ws"] }, [])).toEqual([
    { url: "http://a.example/v1", variables: [] },
  ]);
  expect(serversOf({ openapi: "3.0.0" }, [{ url: "/own" }])).toMatchObject([{ url: "/own" }]);
  expect([isWholeAddress("/own"), isWholeAddress("https://a.example"), isWholeAddress("ftp://a.example")]).toEqual([
    false,
    true,
    false,
  ]);
});
