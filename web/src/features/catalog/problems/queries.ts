import { operation } from "#kit/query.ts";
import { filterOf, type ProblemSearch } from "./problemSearch.ts";
import { UnprocessedEntitiesDocument } from "./UnprocessedEntities.generated.ts";

const documentsPerPage = 50;

/** One page of what could not be read or understood. */
export function unprocessedEntities(search: ProblemSearch) {
  return operation(UnprocessedEntitiesDocument, {
    first: documentsPerPage,
    after: search.after,
    filter: filterOf(search),
  });
}
