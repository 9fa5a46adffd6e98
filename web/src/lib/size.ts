import { formatNumber } from "#lib/i18n/messages.ts";

/** How long a text is, as the reader writes numbers. */
export function sizeOf(length: number): string {
  if (length < 1000) return `${formatNumber(length)} B`;
  if (length < 1_000_000) return `${formatNumber(Math.round(length / 1000))} kB`;
  return `${formatNumber(Math.round(length / 100_000) / 10)} MB`;
}
