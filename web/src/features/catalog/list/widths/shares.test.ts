import { expect, test } from "vitest";
import { leastShare, readShares, shownShares, traded, usualShares } from "./shares.ts";

const columns = ["name", "owner", "type"] as const;
const sum = (shares: typeof usualShares) => columns.reduce((sum, column) => sum + shares[column], 0);

test("the columns that are shown fill the table, whichever they are", () => {
  const shares = shownShares(usualShares, columns);
  expect(sum(shares)).toBeCloseTo(100);
  expect(shares.name / shares.owner).toBeCloseTo(usualShares.name / usualShares.owner);
});

test("what one column gains the one beside it loses, and neither becomes too narrow", () => {
  const shares = shownShares(usualShares, columns);
  for (const amount of [5, -5, 1000, -1000]) {
    const next = traded(shares, "owner", "type", amount);
    expect(sum(next)).toBeCloseTo(100);
    expect(next.name).toBe(shares.name);
    expect(next.owner).toBeGreaterThanOrEqual(leastShare);
    expect(next.type).toBeGreaterThanOrEqual(leastShare);
  }
  expect(traded(shares, "owner", "type", 5).owner).toBeCloseTo(shares.owner + 5);
});

test("whatever else was kept is as at the start", () => {
  expect(readShares(null)).toEqual(usualShares);
  expect(readShares({ name: "wide", owner: -3, type: 20, nonsense: 4 })).toEqual({ ...usualShares, type: 20 });
});
