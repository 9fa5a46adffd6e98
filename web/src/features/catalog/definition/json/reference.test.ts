import { expect, test } from "vitest";
import { resolve } from "./reference.ts";

const document = {
  components: {
    schemas: {
      Pet: { type: "object" },
      Alias: { $ref: "#/components/schemas/Pet" },
      Loop: { $ref: "#/components/schemas/Pool" },
      Pool: { $ref: "#/components/schemas/Loop" },
      "a/b c": { type: "string" },
    },
  },
};
const to = (name: string) => resolve(document, { $ref: name });

test("a reference leads to what it names, through others too", () => {
  expect(to("#/components/schemas/Pet")).toMatchObject({ value: { type: "object" }, name: "Pet" });
  expect(to("#/components/schemas/Alias")).toMatchObject({ value: { type: "object" }, name: "Pet" });
  expect(to("#/components/schemas/a~1b%20c")).toMatchObject({ value: { type: "string" }, name: "a/b c" });
  expect(to("#").value).toBe(document);
});

test("a value without a reference is itself", () => {
  expect(resolve(document, 3)).toEqual({ value: 3 });
});

test("references that lead around in a circle end", () => {
  expect(to("#/components/schemas/Loop").problem).toBe("cycle");
});

test("another document is named, not fetched", () => {
  expect(to("https://elsewhere.example/pets.yaml#/Pet")).toMatchObject({ problem: "elsewhere", name: "Pet" });
  expect(to("./common.yaml")).toMatchObject({ problem: "elsewhere" });
});

test("what an object inherits is not in the document", () => {
  expect(to("#/components/schemas/constructor").problem).toBe("missing");
  expect(to("#/__proto__/toString").problem).toBe("missing");
});
