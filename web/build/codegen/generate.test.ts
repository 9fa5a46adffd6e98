import { buildSchema } from "graphql";
import { expect, test } from "vitest";
import { generate } from "./generate.ts";

const schema = buildSchema(`
  scalar EntityRef
  enum Direction { UP DOWN }
  input Filter { kind: [String!] nested: Filter direction: Direction = UP }
  interface Entity { ref: EntityRef! owner: Entity }
  type API implements Entity { ref: EntityRef! owner: Entity definition: String }
  type Group implements Entity { ref: EntityRef! owner: Entity }
  type Query { entity(ref: EntityRef!, filter: Filter): Entity }
`);

test("a selection on an interface is one type, with what narrower types add as optional", () => {
  const text =
    "query Page($ref: EntityRef!, $filter: Filter) { entity(ref: $ref, filter: $filter) { ...Chip owner { ref } ... on API { definition } } }";
  const output = generate(schema, [
    { path: "features/page.graphql", text },
    { path: "kit/chip.graphql", text: "fragment Chip on Entity { ref kindName: __typename }" },
  ]);
  expect(output.get("features/page.generated.ts")).toMatchInlineSnapshot(`
    "// Written by \`npm run codegen\` from the public schema; do not edit.
    import type { ChipFragment } from "#kit/chip.generated.ts";
    import type { Filter } from "#lib/graphql/schema.generated.ts";
    import type { TypedDocument } from "#lib/graphql/document.ts";

    export type PageQueryVariables = {
      ref: string;
      filter?: Filter | null | undefined;
    };

    export type PageQuery = {
      entity: ChipFragment & {
        owner: {
          ref: string;
        } | null;
        definition?: string | null;
      } | null;
    };

    export const PageDocument = "query Page($ref:EntityRef!$filter:Filter){entity(ref:$ref filter:$filter){...Chip owner{ref}...on API{definition}}} fragment Chip on Entity{ref kindName:__typename}" as TypedDocument<PageQuery, PageQueryVariables>;
    "
  `);
  expect(output.get("kit/chip.generated.ts")).toMatchInlineSnapshot(`
    "// Written by \`npm run codegen\` from the public schema; do not edit.

    export type ChipFragment = {
      ref: string;
      kindName: "API" | "Group";
    };
    "
  `);
  expect(output.get("lib/graphql/schema.generated.ts")).toMatchInlineSnapshot(`
    "// Written by \`npm run codegen\` from the public schema; do not edit.

    export type Direction = "UP" | "DOWN";

    export type Filter = {
      kind?: Array<string> | null | undefined;
      nested?: Filter | null | undefined;
      direction?: Direction | null | undefined;
    };
    "
  `);
});

test("a document that does not fit the schema is refused with its place", () => {
  const files = [{ path: "a.graphql", text: 'query A { entity(ref: "x") { title } }' }];
  expect(() => generate(schema, files)).toThrow(/Cannot query field "title"[\s\S]*a\.graphql:1:30/);
});
