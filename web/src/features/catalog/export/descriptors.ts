import { stringify } from "yaml";
import type { ExportDescriptorFragment } from "./CatalogExport.generated.ts";

/** One file with a descriptor for each entity, as a location could be read from. */
export function descriptorsText(descriptors: readonly ExportDescriptorFragment[]): string {
  return descriptors.map((descriptor) => `---\n${stringify(written(descriptor), { lineWidth: 0 })}`).join("");
}

/** A descriptor without what only its source said of itself, and what is not there. */
function written({ apiVersion, kind, metadata, spec }: ExportDescriptorFragment) {
  return { apiVersion, kind, metadata: withoutSource(metadata), ...(spec !== null && { spec }) };
}

function withoutSource(metadata: unknown): unknown {
  if (typeof metadata !== "object" || metadata === null) return metadata;
  const { uid, etag, annotations, ...rest } = metadata as Record<string, unknown>;
  const kept = Object.entries(annotations ?? {}).filter(([key]) => !sources.has(key));
  return { ...rest, ...(kept.length > 0 && { annotations: Object.fromEntries(kept) }) };
}

/** What ingestion adds, and would refuse or replace in another file. */
const sources = new Set([
  "backstage.io/managed-by-location",
  "backstage.io/managed-by-origin-location",
  "backstage.io/orphan",
  "backstage.io/source-location",
  "backstage.io/view-url",
  "backstage.io/edit-url",
]);
