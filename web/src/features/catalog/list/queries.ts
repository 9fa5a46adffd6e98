import { operation } from "#kit/query.ts";
import { CatalogFacetsDocument } from "./CatalogFacets.generated.ts";
import { CatalogListDocument } from "./CatalogList.generated.ts";
import { type CatalogSearch, defaultPageSize, filterOf, orderOf } from "./catalogSearch.ts";
import { OwnerNamesDocument } from "./OwnerNames.generated.ts";

/** One page of the list. */
export function catalogList(search: CatalogSearch) {
  const size = search.size ?? defaultPageSize;
  const page = search.before ? { last: size, before: search.before } : { first: size, after: search.after };
  return operation(CatalogListDocument, {
    filter: filterOf(search),
    text: search.text,
    orderBy: orderOf(search),
    ...page,
  });
}

/** What owners are called. */
export function ownerNames(refs: string[]) {
  return operation(OwnerNamesDocument, { refs });
}

/** The counts beside the list. */
export function catalogFacets(search: CatalogSearch) {
  return operation(CatalogFacetsDocument, {
    text: search.text,
    exceptKind: filterOf(search, "kind"),
    exceptOwner: filterOf(search, "owner"),
    exceptType: filterOf(search, "type"),
    exceptLifecycle: filterOf(search, "lifecycle"),
    exceptTag: filterOf(search, "tag"),
  });
}
