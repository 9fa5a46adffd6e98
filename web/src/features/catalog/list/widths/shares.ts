import type { CSSProperties } from "react";
import { type ColumnName, columnNames } from "../catalogSearch.ts";

/** A column that has a width. */
export type WideColumn = ColumnName | "name";

/** How much of the table each column takes, in hundredths; where not all of them are shown, of what those have. */
export type Shares = Readonly<Record<WideColumn, number>>;

/** What everybody starts with. */
export const usualShares: Shares = { name: 28, owner: 17, type: 11, lifecycle: 13, system: 13, tags: 18, read: 12 };

/** What a column cannot be narrower than. */
export const leastShare = 6;

/** Reads what was kept; whatever else stands there is as it was at first. */
export function readShares(stored: unknown): Shares {
  if (typeof stored !== "object" || stored === null) return usualShares;
  const kept = stored as Record<string, unknown>;
  const share = (column: WideColumn) => {
    const value = kept[column];
    return typeof value === "number" && value >= leastShare && value <= 100 ? value : usualShares[column];
  };
  return Object.fromEntries((["name", ...columnNames] as const).map((column) => [column, share(column)])) as Shares;
}

/** The shares of these columns as they fill the table. */
export function shownShares(shares: Shares, columns: readonly WideColumn[]): Shares {
  const whole = columns.reduce((sum, column) => sum + shares[column], 0);
  const shown = columns.map((column) => [column, (shares[column] / whole) * 100]);
  return { ...shares, ...Object.fromEntries(shown) };
}

/** The shares where a column takes so much from the one beside it, or gives it; neither becomes too narrow. */
export function traded(shares: Shares, column: WideColumn, other: WideColumn, amount: number): Shares {
  const most = Math.max(0, shares[other] - leastShare);
  const least = Math.min(0, leastShare - shares[column]);
  const change = Math.min(Math.max(amount, least), most);
  const rounded = (value: number) => Math.round(value * 100) / 100;
  return { ...shares, [column]: rounded(shares[column] + change), [other]: rounded(shares[other] - change) };
}

/** What makes a column as wide as its share. */
export function shareStyle(shares: Shares, column: WideColumn): CSSProperties {
  return { "--share": `${shares[column]}%` } as CSSProperties;
}
