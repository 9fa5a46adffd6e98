import { expect, test } from "vitest";
import { countsOf, drawingOf, edgesOf, matching } from "./drawing.ts";
import type { RelationGraphNodeFragment } from "./Graph.generated.ts";

const node = (name: string, depth: number, isThere = true): RelationGraphNodeFragment => {
  const ref = `component:default/${name}`;
  const entity = { ref, kind: "Component", displayName: `The ${name}`, type: "service", owner: null };
  return { ref, depth, hasMore: false, entity: isThere ? entity : null };
};
const edge = (source: string, type: string, target: string) => ({
  source: `component:default/${source}`,
  type,
  target: `component:default/${target}`,
});

const graph = {
  nodes: [node("cart", 0), node("orders", 1), node("lost", 1, false)],
  edges: [edge("cart", "dependsOn", "orders"), edge("cart", "dependsOn", "lost"), edge("cart", "our-own", "orders")],
};
const roots = ["component:default/cart"];
const write = (edges: readonly { source: string; type: string; target: string }[]) =>
  edges.map(({ source, type, target }) => [source, type, target].map((part) => part.split("/").at(-1)).join(" "));

test("what is missing is drawn where relations lead to it", () => {
  const { nodes, edges } = drawingOf({ graph }, { roots, isSplit: false });
  expect(nodes.map(({ ref, entity, isRoot }) => [ref.split("/")[1], entity !== null, isRoot])).toEqual([
    ["cart", true, true],
    ["orders", true, false],
    ["lost", false, false],
  ]);
  expect(write(edges)).toEqual(["cart dependsOn orders", "cart dependsOn lost", "cart our-own orders"]);
});

test("both names of a relation are drawn where that is asked for, and what is not there says nothing", () => {
  const { edges } = drawingOf({ graph }, { roots, isSplit: true });
  expect(write(edges)).toEqual([
    "cart dependsOn orders",
    "orders dependencyOf cart",
    "cart dependsOn lost",
    "cart our-own orders",
  ]);
  expect(new Set(edges.map(({ id }) => id)).size).toBe(edges.length);
});

test("a way is drawn with what is around it, nothing of it twice", () => {
  const path = {
    nodes: [node("orders", 0), node("cart", 1), node("till", 2)],
    edges: [edge("cart", "dependsOn", "orders"), edge("cart", "dependsOn", "till")],
  };
  const { nodes, edges } = drawingOf({ graph, path }, { roots, isSplit: false });
  expect(nodes.filter(({ isOnPath }) => isOnPath).map(({ ref, depth }) => [ref.split("/")[1], depth])).toEqual([
    ["cart", 0],
    ["orders", 1],
    ["till", null],
  ]);
  expect(write(edges.filter(({ isOnPath }) => isOnPath))).toEqual(["cart dependsOn orders", "cart dependsOn till"]);
  expect(edges).toHaveLength(4);
});

test("relations of a node are found from either end, and nodes by all of the words", () => {
  const drawing = drawingOf({ graph }, { roots, isSplit: false });
  expect(edgesOf(drawing, "component:default/orders")).toHaveLength(2);
  expect([...countsOf(drawing).values()]).toEqual([3, 2, 1]);
  const found = (text?: string) => matching(drawing.nodes, text).map(({ ref }) => ref.split("/")[1]);
  expect(found("the")).toEqual(["cart", "orders"]);
  expect(found("LOST")).toEqual(["lost"]);
  expect(found("the orders")).toEqual(["orders"]);
  expect(found(" ")).toEqual([]);
  expect(found()).toEqual([]);
});
