import { readFileSync } from "node:fs";
import { buildSchema, parse, validate } from "graphql";
import { expect, test } from "vitest";
import { examples } from "./examples.ts";

const sdl = readFileSync(new URL("../../../../schema/public.graphql", import.meta.url), "utf8");
const schema = buildSchema(sdl, { assumeValid: true });

test.each(examples.map((example) => [example.title(), example] as const))("the server answers “%s”", (_, { query }) => {
  expect(validate(schema, parse(query))).toEqual([]);
});
