import { expect, test } from "vitest";
import { type Layout, layOut, type Structure } from "./layout.ts";
import { nodeSize } from "./nodeSize.ts";

const edge = (source: string, target: string, type = "dependsOn") => ({
  id: `${source} ${type} ${target}`,
  source,
  target,
});

/** As catalogs are: teams that own systems, systems of components, components that need one another. */
function catalog(count: number): Structure {
  const nodes = Array.from({ length: count }, (_, position) => `n${position}`);
  const [teams, systems] = [Math.ceil(count / 40), Math.ceil(count / 12)];
  const edges = nodes.flatMap((ref, position) => {
    if (position < teams) return position === 0 ? [] : [edge(ref, "n0", "childOf")];
    const team = edge(ref, `n${(position * 7) % teams}`, "ownedBy");
    if (position < teams + systems) return [team];
    const system = edge(ref, `n${teams + ((position * 11) % systems)}`, "partOf");
    const needed = teams + systems + ((position * 13) % (count - teams - systems));
    return [team, system, edge(ref, `n${needed}`)];
  });
  return { nodes, edges, flow: "right" };
}

function overlaps({ nodes }: Layout): string[] {
  const places = [...nodes];
  return places.flatMap(([ref, one], position) =>
    places
      .slice(position + 1)
      .filter(([, { x, y }]) => Math.abs(one.x - x) < nodeSize.width && Math.abs(one.y - y) < nodeSize.height)
      .map(([other]) => `${ref} ${other}`),
  );
}

test("relations point along the flow", () => {
  const structure: Structure = { nodes: ["a", "b", "c"], edges: [edge("a", "b"), edge("b", "c")], flow: "right" };
  const { nodes } = layOut(structure);
  const x = (ref: string) => nodes.get(ref)?.x ?? Number.NaN;
  expect(x("a")).toBeLessThan(x("b"));
  expect(x("b")).toBeLessThan(x("c"));
  const down = layOut({ ...structure, flow: "down" }).nodes;
  const y = (ref: string) => down.get(ref)?.y ?? Number.NaN;
  expect(y("a")).toBeLessThan(y("b"));
  expect(y("b")).toBeLessThan(y("c"));
});

test("everything is placed, alone or not, and every relation has a way of its own", () => {
  const edges = [edge("a", "b"), edge("a", "b", "consumesApi"), edge("b", "a"), edge("c", "c"), edge("b", "c")];
  const layout = layOut({ nodes: ["a", "b", "c", "alone"], edges, flow: "right" });
  expect([...layout.nodes.keys()]).toEqual(["a", "b", "c", "alone"]);
  expect(overlaps(layout)).toEqual([]);
  const lines = edges.map(({ id }) => layout.edges.get(id)?.line);
  expect(lines).not.toContain(undefined);
  expect(new Set(lines).size).toBe(edges.length);
  for (const line of lines) expect(line).not.toContain("NaN");
});

test.each(["right", "down"] as const)("five hundred entities find room in the shape of a window, to the %s", (flow) => {
  const structure = catalog(500);
  const layout = layOut({ ...structure, flow });
  expect(layout.nodes.size).toBe(500);
  expect(layout.edges.size).toBe(structure.edges.length);
  expect(overlaps(layout)).toEqual([]);
  const shape = layout.width / layout.height;
  expect(shape).toBeGreaterThan(0.5);
  expect(shape).toBeLessThan(4);
});

test("what comes first comes out the same", () => {
  expect(layOut(catalog(60))).toEqual(layOut(catalog(60)));
  expect(layOut({ nodes: [], edges: [], flow: "right" })).toMatchObject({ width: 0, height: 0 });
});
