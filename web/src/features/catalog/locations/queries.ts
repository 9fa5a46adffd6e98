import { operation } from "#kit/query.ts";
import { LocationEntitiesDocument, LocationsDocument } from "./Locations.generated.ts";
import type { LocationSearch } from "./locationSearch.ts";

const locationsPerPage = 50;
const entitiesPerPage = 50;

/** One page of what descriptors are read from. */
export function locationList(search: LocationSearch) {
  return operation(LocationsDocument, { ...search, first: locationsPerPage });
}

/** One page of what a location brings in. The graph finds locations by their target only. */
export function locationEntities(target: string, after: string | undefined) {
  return operation(LocationEntitiesDocument, { text: target, first: entitiesPerPage, after });
}
