import { expect, test } from "vitest";
import { openApiOutline } from "./outline.ts";

test("operations stand under their first tag, in the order of the tags", () => {
  const outline = openApiOutline({
    openapi: "3.1.0",
    info: { title: "Pets", version: "1" },
    tags: [{ name: "b" }, { name: "a" }, { name: "unused" }],
    paths: {
      "/pets": {
        get: { tags: ["a"], summary: "All" },
        post: { tags: ["b", "a"], deprecated: true },
        parameters: [],
      },
      "/health": { get: {} },
    },
    webhooks: { born: { post: {} } },
    components: { schemas: { Pet: {} } },
  });
  expect(outline).toEqual({
    title: "Pets",
    version: "1",
    groups: [
      { title: "b", items: [{ id: "POST /pets", label: "/pets", badge: "POST", isDeprecated: true }] },
      { title: "a", items: [{ id: "GET /pets", label: "/pets", badge: "GET", hint: "All" }] },
      { section: "operations", items: [{ id: "GET /health", label: "/health", badge: "GET" }] },
      { section: "webhooks", items: [{ id: "webhook POST born", label: "born", badge: "POST" }] },
      { section: "schemas", items: [{ id: "schema Pet", label: "Pet" }] },
    ],
  });
});

test("version 2 keeps its schemas elsewhere", () => {
  const outline = openApiOutline({ swagger: "2.0", definitions: { Pet: {} } });
  expect(outline.groups).toEqual([{ section: "schemas", items: [{ id: "schema Pet", label: "Pet" }] }]);
});

test("a document of no version we know is refused", () => {
  expect(() => openApiOutline({ openapi: "4.0.0" })).toThrow("4.0.0");
  expect(() => openApiOutline({})).toThrow("version");
});

test("nonsense in place of paths is nothing", () => {
  expect(openApiOutline({ openapi: "3.0.0", paths: [1, null], components: "x", tags: {} }).groups).toEqual([]);
});
