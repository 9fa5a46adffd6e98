import { expect, test } from "vitest";
import type { GraphNodeFragment } from "./Dependents.generated.ts";
import { ownersOf, reasonsOf, stepsOf } from "./graph.ts";

const chip = (ref: string) => ({ ref, kind: "Component", displayName: ref });
const node = (ref: string, depth: number, owner?: string) =>
  ({ ref, depth, entity: { ...chip(ref), owner: owner ? chip(owner) : null } }) as GraphNodeFragment;

const nodes = [
  node("service", 0, "a"),
  node("api", 1, "a"),
  node("web", 2, "b"),
  node("app", 2, "b"),
  node("job", 1, "c"),
];
const edges = [
  { source: "service", target: "api", type: "providesApi" },
  { source: "web", target: "api", type: "consumesApi" },
  { source: "app", target: "api", type: "consumesApi" },
  { source: "app", target: "web", type: "dependsOn" },
  { source: "job", target: "service", type: "dependsOn" },
];

test("what is reached comes by its distance, with what led there", () => {
  const steps = stepsOf(nodes, edges).map(({ depth, nodes }) => [
    depth,
    nodes.map(({ node, reasons }) => [
      node.ref,
      ...reasons.map(({ type, isSource, ref }) => `${isSource ? ">" : "<"}${type} ${ref}`),
    ]),
  ]);
  expect(steps).toEqual([
    [
      1,
      [
        ["api", "<providesApi service"],
        ["job", ">dependsOn service"],
      ],
    ],
    [
      2,
      [
        ["web", ">consumesApi api"],
        ["app", ">consumesApi api"],
      ],
    ],
  ]);
  expect(stepsOf([node("alone", 0)], [])).toEqual([]);
});

test("owners are counted without where it begins, and what nobody owns or may be seen is left out", () => {
  const hidden = { ref: "hidden", depth: 1, entity: null } as GraphNodeFragment;
  expect(ownersOf([...nodes, hidden]).map(({ owner, count }) => [owner.ref, count])).toEqual([
    ["b", 2],
    ["a", 1],
    ["c", 1],
  ]);
});

test("a relation is seen from whichever end is asked for", () => {
  expect(reasonsOf("api", edges, (ref) => ref === "service")).toEqual([
    { type: "providesApi", isSource: false, ref: "service" },
  ]);
  expect(reasonsOf("job", edges, () => true)).toEqual([{ type: "dependsOn", isSource: true, ref: "service" }]);
});
