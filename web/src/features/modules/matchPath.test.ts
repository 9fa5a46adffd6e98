import { expect, test } from "vitest";
import { matchPath, pageAt } from "./matchPath.ts";

test("named segments take what stands in their place", () => {
  expect(matchPath("/", "")).toEqual({});
  expect(matchPath("/", "/")).toEqual({});
  expect(matchPath("/teams/:team", "teams/payments")).toEqual({ team: "payments" });
  expect(matchPath("/teams/:team", "/teams/payments/")).toEqual({ team: "payments" });
  expect(matchPath("/teams/:team", "/teams")).toBeNull();
  expect(matchPath("/teams/:team", "/groups/payments")).toBeNull();
});

test("a page that is named exactly comes before one that takes any name", () => {
  const pages = [{ path: "/teams/:team" }, { path: "/teams/new" }, { path: "/" }];
  expect(pageAt(pages, "teams/new")?.page.path).toBe("/teams/new");
  expect(pageAt(pages, "teams/old")).toEqual({ page: pages[0], params: { team: "old" } });
  expect(pageAt(pages, "else")).toBeNull();
});
