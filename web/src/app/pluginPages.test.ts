import { createRootRoute, createRoute } from "@tanstack/react-router";
import { afterEach, expect, test, vi } from "vitest";
import { ownerOf, pluginPages } from "./pluginPages.ts";

afterEach(() => vi.unstubAllGlobals());

test("a plugin that cannot say which pages it has is reported, and costs its own pages only", () => {
  const reported = vi.fn();
  vi.stubGlobal("reportError", reported);
  const root = createRootRoute();
  const page = createRoute({ getParentRoute: () => root, path: "radar" });
  const broken = new Error("broken on purpose");
  const features = [
    {
      id: "broken",
      routes: () => {
        throw broken;
      },
    },
    { id: "empty" },
    { id: "radar", routes: () => [page] },
  ];
  const pages = pluginPages(features, (feature) => (feature as (typeof features)[0]).routes?.());
  expect(pages).toEqual([page]);
  expect(reported).toHaveBeenCalledExactlyOnceWith(broken);
  expect(ownerOf(page)).toBe("radar");
  expect(ownerOf(root)).toBeUndefined();
});
