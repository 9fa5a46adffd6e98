import { operation } from "#kit/query.ts";
import { parseEntityRef } from "#lib/entityRef.ts";
import { ApiDefinitionDocument } from "../definition/ApiDefinition.generated.ts";
import { EntityPageDocument } from "./EntityPage.generated.ts";
import { EntityRelationsDocument } from "./EntityRelations.generated.ts";
import { EntitySourceDocument } from "./EntitySource.generated.ts";
import { surroundingsOf } from "./surroundings.ts";

/** The first rows of each table on the overview. */
const rowsPerCard = 8;
const rowsPerPage = 50;

/** All that the overview of an entity shows at first. */
export function entityPage(ref: string) {
  const isUser = parseEntityRef(ref)?.kind === "user";
  return operation(EntityPageDocument, { ref, first: rowsPerCard, isUser, ...surroundingsOf(ref) });
}

/** One page of an entity's relations, of one type and towards one kind, or all. */
export function entityRelations(
  ref: string,
  { type, kind, after }: { type: string | undefined; kind: string | undefined; after: string | undefined },
) {
  const [types, kinds] = [type, kind].map((one) => (one ? [one] : undefined));
  return operation(EntityRelationsDocument, { ref, type: types, kind: kinds, first: rowsPerPage, after });
}

/** The entity as its descriptor says it. */
export function entitySource(ref: string) {
  return operation(EntitySourceDocument, { ref });
}

/** The text that defines an API. */
export function apiDefinition(ref: string) {
  return operation(ApiDefinitionDocument, { ref });
}
