import { expect, test } from "vitest";
import { ownedByKind } from "./owned.ts";

const facet = (values: Record<string, number>) => [
  { values: Object.entries(values).map(([value, count]) => ({ value, count })) },
];

test("what is owned is told by kind in the usual order, with the types of those that have some", () => {
  const owned = ownedByKind({
    owned: { totalCount: 9, facets: facet({ API: 4, Turbine: 1, Component: 3, System: 1 }) },
    ownedComponents: { facets: facet({ service: 2, website: 1 }) },
    ownedApis: null,
  });
  expect(owned).toEqual([
    {
      kind: "component",
      count: 3,
      types: [
        { value: "service", count: 2 },
        { value: "website", count: 1 },
      ],
    },
    { kind: "api", count: 4, types: [] },
    { kind: "system", count: 1, types: [] },
    { kind: "turbine", count: 1, types: [] },
  ]);
});

test("who owns nothing has nothing told of", () => {
  expect(ownedByKind({ owned: { totalCount: 0, facets: [] } })).toEqual([]);
});
