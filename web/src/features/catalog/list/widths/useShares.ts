import { useRef, useState } from "react";
import type { Setting } from "#kit/settings/settingStore.ts";
import { useSetting } from "#kit/settings/useSetting.ts";
import { readShares, type Shares, shownShares, traded, usualShares, type WideColumn } from "./shares.ts";

const setting: Setting<Shares> = { key: "catalog.widths", read: readShares };

/** How wide the columns are, and what changes that. */
export interface ColumnWidths {
  shares: Shares;
  /** Shows what trading would give; kept with `keep`. */
  trade: (column: WideColumn, other: WideColumn, amount: number) => void;
  keep: () => void;
  /** Trades and keeps at once. */
  step: (column: WideColumn, other: WideColumn, amount: number) => void;
}

/** The widths of these columns, as the reader left them. */
export function useShares(columns: readonly WideColumn[]): ColumnWidths {
  const { value, change } = useSetting(setting);
  const [draft, setDraft] = useState<Shares | null>(null);
  // The button is let go before the page has drawn where the mouse went.
  const last = useRef<Shares | null>(null);
  const show = (shares: Shares | null) => {
    last.current = shares;
    setDraft(shares);
  };
  const kept = shownShares(value, columns);
  return {
    shares: draft ?? kept,
    trade: (column, other, amount) => show(traded(kept, column, other, amount)),
    keep: () => {
      const shares = last.current;
      if (shares) change(() => shares);
      show(null);
    },
    step: (column, other, amount) => change(() => traded(kept, column, other, amount)),
  };
}

/** Whether the columns are not as wide as everybody's, and what makes them so. */
export function useUsualShares(): { isChanged: boolean; reset: () => void } {
  const { value, change } = useSetting(setting);
  const isChanged = Object.entries(usualShares).some(([column, share]) => value[column as WideColumn] !== share);
  return { isChanged, reset: () => change(() => usualShares) };
}
