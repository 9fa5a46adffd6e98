import { expect, test } from "vitest";
import { readViews, renamedView, type SavedView, viewLike, withoutView, withView } from "./views.ts";

const views: readonly SavedView[] = [
  { name: "Apis", search: { kind: ["api"] } },
  { name: "Mine", search: { show: "owned", sort: "-owner", columns: ["type"] } },
];

test("a view keeps what the list is, not where one was in it", () => {
  const saved = withView(views, " Go ", { tag: ["go"], after: "abc", size: 25, columns: ["owner"] });
  expect(saved.map(({ name }) => name)).toEqual(["Apis", "Go", "Mine"]);
  expect(saved[1]?.search).toEqual({ tag: ["go"], columns: ["owner"] });
});

test("a name is had once, in whatever case", () => {
  expect(withView(views, "apis", { kind: ["api"], text: "x" })).toHaveLength(2);
  expect(renamedView(views, "Mine", "APIS")).toBe(views);
  expect(renamedView(views, "Mine", " ")).toBe(views);
  expect(renamedView(views, "Mine", "mine")[1]?.name).toBe("mine");
  expect(withoutView(views, "apis").map(({ name }) => name)).toEqual(["Mine"]);
});

test("a list is recognised as a view in whatever order its filters were chosen", () => {
  expect(viewLike(views, { sort: "-owner", columns: ["type"], show: "owned", after: "x" })?.name).toBe("Mine");
  expect(viewLike(views, { kind: ["api"], text: "x" })).toBeUndefined();
});

test("whatever else was kept is left out", () => {
  expect(readViews("x")).toEqual([]);
  const hostile = [
    { name: "" },
    { name: "a", search: { kind: 7, sort: "color", after: "x", columns: ["type", "no"] } },
  ];
  expect(readViews(hostile)).toEqual([{ name: "a", search: { columns: ["type"] } }]);
  expect(readViews(Array.from({ length: 150 }, (_, number) => ({ name: `v${number}`, search: {} })))).toHaveLength(100);
});
