import { Box } from "lucide-react";
import { expect, test } from "vitest";
import type { NavigationEntry } from "#kit/feature.ts";
import { inOrder } from "./navigationOrder.ts";

const entry = (title: string, more: Partial<NavigationEntry> = {}): NavigationEntry => ({
  title: () => title,
  icon: Box,
  target: { to: `/${title}` },
  ...more,
});

test("entries stand by group and order, whichever plugin came first", () => {
  const entries = [
    entry("radar"),
    entry("graph", { group: "explore", order: 60 }),
    entry("admin", { group: "manage" }),
    entry("catalog", { group: "explore", order: 20 }),
    entry("clocks"),
    entry("urgent", { order: 10 }),
  ];
  const titles = inOrder(entries).map(({ title }) => title());
  expect(titles).toEqual(["catalog", "graph", "urgent", "radar", "clocks", "admin"]);
});
