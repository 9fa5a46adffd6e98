import { firstValueOf } from "#lib/urlSearch.ts";

/** What is asked; it stands in the address. */
export interface ExplainSearch {
  subject?: string;
  permission?: string;
  resource?: string;
}

/** Reads an address, whoever wrote it. */
export function readExplainSearch(raw: Record<string, unknown>): ExplainSearch {
  const [subject, permission, resource] = [raw.subject, raw.permission, raw.resource].map(firstValueOf);
  return { ...(subject && { subject }), ...(permission && { permission }), ...(resource && { resource }) };
}
