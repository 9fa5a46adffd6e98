import { operation } from "#kit/query.ts";
import { ApiDefinitionDocument } from "../definition/ApiDefinition.generated.ts";
import { EntityPageDocument } from "./EntityPage.generated.ts";
import { EntityRelationsDocument } from "./EntityRelations.generated.ts";
import { EntitySourceDocument } from "./EntitySource.generated.ts";
import { RelationCardsDocument } from "./RelationCards.generated.ts";

const rowsPerCard = 6;
const rowsPerPage = 50;

/** The header of an entity and what it says about itself. */
export function entityPage(ref: string) {
  return operation(EntityPageDocument, { ref });
}

/** The first rows of every kind of relation. */
export function relationCards(ref: string) {
  return operation(RelationCardsDocument, { ref, first: rowsPerCard });
}

/** One page of an entity's relations, of one type or of all. */
export function entityRelations(ref: string, type: string | undefined, after: string | undefined) {
  return operation(EntityRelationsDocument, { ref, type: type ? [type] : undefined, first: rowsPerPage, after });
}

/** The entity as its descriptor says it. */
export function entitySource(ref: string) {
  return operation(EntitySourceDocument, { ref });
}

/** The text that defines an API. */
export function apiDefinition(ref: string) {
  return operation(ApiDefinitionDocument, { ref });
}
