import { expect, test } from "vitest";
import type { CatalogListQuery } from "../list/CatalogList.generated.ts";
import { haveSameRows } from "./liveList.ts";

function listOf(...refs: string[]): CatalogListQuery {
  const nodes = refs.map((ref) => ({
    ref,
    kind: "Component",
    displayName: `${ref} as of now`,
    description: null,
    type: null,
    lifecycle: null,
    tags: [],
    owner: null,
    system: null,
    status: [],
  }));
  const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
  return { entities: { totalCount: refs.length, pageInfo, nodes } };
}

test("rows are the same while none comes, goes or moves, whatever they say", () => {
  expect(haveSameRows(listOf("a", "b"), listOf("a", "b"))).toBe(true);
  expect(haveSameRows(listOf("a", "b"), listOf("b", "a"))).toBe(false);
  expect(haveSameRows(listOf("a", "b"), listOf("a", "b", "c"))).toBe(false);
  expect(haveSameRows(listOf(), { entities: null })).toBe(false);
});
