import { operation } from "#kit/query.ts";
import { SearchDocument } from "./Search.generated.ts";
import { filtersOf, type SearchPlace } from "./searchPlace.ts";

const pageSize = 20;

/** A page of what is found, with all that is counted beside it. */
export function searchQuery(place: SearchPlace) {
  return operation(SearchDocument, {
    text: place.text ?? "",
    types: place.type === undefined ? undefined : [place.type],
    filters: filtersOf(place),
    first: pageSize,
    after: place.after,
    exceptKind: filtersOf(place, "kind"),
    exceptOwner: filtersOf(place, "owner"),
    exceptLifecycle: filtersOf(place, "lifecycle"),
    exceptTag: filtersOf(place, "tag"),
  });
}
