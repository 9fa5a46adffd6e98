import { operation } from "#kit/query.ts";
import { UnprocessedEntitiesDocument } from "./UnprocessedEntities.generated.ts";

const documentsPerPage = 50;

/** One page of what could not be read or understood. */
export function unprocessedEntities(after: string | undefined) {
  return operation(UnprocessedEntitiesDocument, { first: documentsPerPage, after });
}
