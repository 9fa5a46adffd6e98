import type { DocumentAction } from "#lib/graphql/schema.generated.ts";

// In the order that matters.
const actions = ["CREATE", "UPDATE", "UNCHANGED", "CONFLICT", "REFUSED"] as const satisfies DocumentAction[];

/** How often each thing happens, without what does not. */
export function countActions(
  documents: readonly { action: DocumentAction }[],
): { action: DocumentAction; count: number }[] {
  return actions
    .map((action) => ({ action, count: documents.filter((one) => one.action === action).length }))
    .filter(({ count }) => count > 0);
}

/** The references that something is known by already, whoever brought it in. */
export function knownRefs(documents: readonly { action: DocumentAction; ref: string | null }[]): string[] {
  const refs = documents.flatMap(({ action, ref }) => (action !== "CREATE" && ref !== null ? ref : []));
  return [...new Set(refs)].sort();
}
