import { operation } from "#kit/query.ts";
import { parseEntityRef } from "#lib/entityRef.ts";
import { hierarchyOfKind } from "../surroundings.ts";
import { HierarchyBelowDocument } from "./Hierarchy.generated.ts";

/** As many as a node may show below it. */
const mostBelow = 500;

/** What is right below a node of the hierarchy that an entity stands in. */
export function hierarchyBelow(ref: string, reference: string) {
  const { relations = [], kinds = [] } = hierarchyOfKind(parseEntityRef(reference)?.kind ?? "") ?? {};
  return operation(HierarchyBelowDocument, { ref, relations, kinds, limit: mostBelow });
}
