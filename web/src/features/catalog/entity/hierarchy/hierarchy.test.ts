import { expect, test } from "vitest";
import { type HierarchyPart, pathTo, refsBelow, rowsOf, treesOf } from "./hierarchy.ts";
import { treeKey } from "./treeKeys.ts";

/** `a>b` says that a is right above b. */
function part(text: string, more: readonly string[] = []): HierarchyPart {
  const pairs = text.split(" ").map((pair) => pair.split(">") as [string, string]);
  const refs = [...new Set(pairs.flat())];
  return {
    nodes: refs.map((ref) => ({
      ref,
      hasMore: more.includes(ref),
      entity: { ref, kind: "Group", displayName: ref, type: null, owner: null },
    })),
    edges: pairs.map(([parent, child]) => ({ source: child, target: parent, type: "childOf" })),
  };
}

const company = part("acme>web acme>ops web>shop web>blog ops>night");
const names = (text: string, expanded: readonly string[]) =>
  rowsOf(treesOf([part(text)]), new Set(expanded)).map(({ branch, level }) => `${level} ${branch.ref}`);

test("relations that point upwards make a tree, in the order of names", () => {
  const [top, ...rest] = treesOf([company]);
  expect(rest).toEqual([]);
  expect(top?.ref).toBe("acme");
  expect(top?.children.map(({ ref }) => ref)).toEqual(["ops", "web"]);
  expect(pathTo([...(top ? [top] : [])], "shop")).toEqual(["acme", "web", "shop"]);
  expect(refsBelow(treesOf([company]), "web")).toEqual(["web", "blog", "shop"]);
  expect(pathTo(treesOf([company]), "nobody")).toEqual([]);
});

test("what is folded is not shown, and what is shown knows its place", () => {
  expect(names("acme>web acme>ops web>shop", ["acme"])).toEqual(["1 acme", "2 ops", "2 web"]);
  const web = rowsOf(treesOf([company]), new Set(["acme"])).find(({ branch }) => branch.ref === "web");
  expect(web).toMatchObject({ parent: "acme", position: 2, siblings: 2, isExpandable: true, isExpanded: false });
});

test("a group with two parents is there once, and groups that are above one another end somewhere", () => {
  expect(names("acme>web shop>web acme>shop", ["acme", "shop", "web"])).toEqual(["1 acme", "2 shop", "2 web"]);
  expect(names("a>b b>c c>a", ["a", "b", "c"])).toEqual(["1 a", "2 b", "3 c"]);
  expect(names("a>a", ["a"])).toEqual(["1 a"]);
});

test("what was left out joins the tree when it is fetched, and its parent has no more then", () => {
  const first = part("acme>web", ["web"]);
  const rows = rowsOf(treesOf([first]), new Set(["acme", "web"]));
  expect(rows.map(({ branch, isExpandable }) => [branch.ref, isExpandable])).toEqual([
    ["acme", true],
    ["web", true],
  ]);
  const [top] = treesOf([first, part("web>shop", ["shop"])], new Set(["web"]));
  expect(top?.children[0]).toMatchObject({ ref: "web", hasMore: false });
  expect(top?.children[0]?.children[0]).toMatchObject({ ref: "shop", hasMore: true });
});

test("the arrows go along what is shown, open and fold it, as in any tree", () => {
  const rows = rowsOf(treesOf([company]), new Set(["acme", "web"]));
  const key = (current: string, pressed: string) => treeKey(rows, current, pressed);
  expect(rows.map(({ branch }) => branch.ref)).toEqual(["acme", "ops", "web", "blog", "shop"]);
  expect(key("acme", "ArrowDown")).toEqual({ act: "focus", ref: "ops" });
  expect(key("acme", "ArrowUp")).toBeNull();
  expect(key("shop", "ArrowDown")).toBeNull();
  expect(key("ops", "ArrowRight")).toEqual({ act: "expand", refs: ["ops"] });
  expect(key("web", "ArrowRight")).toEqual({ act: "focus", ref: "blog" });
  expect(key("shop", "ArrowRight")).toBeNull();
  expect(key("web", "ArrowLeft")).toEqual({ act: "collapse", ref: "web" });
  expect(key("shop", "ArrowLeft")).toEqual({ act: "focus", ref: "web" });
  expect(key("shop", "Home")).toEqual({ act: "focus", ref: "acme" });
  expect(key("acme", "End")).toEqual({ act: "focus", ref: "shop" });
  expect(key("ops", "*")).toEqual({ act: "expand", refs: ["ops", "web"] });
  expect(key("blog", "w")).toEqual({ act: "focus", ref: "web" });
  expect(key("blog", "z")).toBeNull();
  expect(key("blog", "Tab")).toBeNull();
  expect(key("nobody", "ArrowDown")).toBeNull();
});
