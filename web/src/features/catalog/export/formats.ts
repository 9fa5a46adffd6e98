import type { ExportRowFragment } from "./CatalogExport.generated.ts";

/** How a list can be taken along. */
export type ExportFormat = RowFormat | "yaml";

/** The ways that have a line for each entity. */
type RowFormat = "csv" | "json";

const columns = [
  "ref",
  "kind",
  "namespace",
  "name",
  "title",
  "description",
  "type",
  "lifecycle",
  "owner",
  "system",
  "tags",
] as const;

/** The text of a file with these entities. */
export function rowsText(format: RowFormat, rows: readonly ExportRowFragment[]): string {
  const records = rows.map((row) => ({
    ...row,
    owner: row.owner?.ref ?? null,
    system: row.system?.ref ?? null,
  }));
  if (format === "json") {
    const plain = records.map((record) => Object.fromEntries(columns.map((column) => [column, record[column]])));
    return `${JSON.stringify(plain, null, 2)}\n`;
  }
  const lines = records.map((record) =>
    columns.map((column) => cell(column === "tags" ? record.tags.join(" ") : (record[column] ?? ""))).join(","),
  );
  // Told apart by RFC 4180; the mark at the start lets spreadsheets know that it is UTF-8.
  return `\uFEFF${[columns.join(","), ...lines].join("\r\n")}\r\n`;
}

/**
 * A cell that no spreadsheet takes for a formula, whoever wrote the descriptor: not in the full-width forms either, and
 * not where semicolons or tabs are what it is told apart by.
 */
function cell(text: string): string {
  const safe = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
