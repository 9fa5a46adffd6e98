import { operation } from "#kit/query.ts";
import { LocationEntitiesDocument, LocationsDocument } from "./Locations.generated.ts";
import type { LocationSearch } from "./locationSearch.ts";

const locationsPerPage = 50;
const entitiesPerPage = 50;

/** One page of what descriptors are read from. */
export function locationList(search: LocationSearch) {
  return operation(LocationsDocument, { ...search, first: locationsPerPage });
}

/** One page of what a location brings in. */
export function locationEntities(id: string, after: string | undefined) {
  return operation(LocationEntitiesDocument, { id, first: entitiesPerPage, after });
}
