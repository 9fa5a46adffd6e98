import { operation } from "#kit/query.ts";
import { CatalogFacetsDocument } from "./CatalogFacets.generated.ts";
import { CatalogListDocument } from "./CatalogList.generated.ts";
import { type CatalogSearch, defaultPageSize, filterOf, orderOf } from "./catalogSearch.ts";
import { OwnerNamesDocument } from "./OwnerNames.generated.ts";
import { chunkSize } from "./scroll/chunks.ts";

/** One page of the list. */
export function catalogList(search: CatalogSearch) {
  const size = search.size ?? defaultPageSize;
  const page = search.before ? { last: size, before: search.before } : { first: size, after: search.after };
  return operation(CatalogListDocument, { ...wanted(search), ...page });
}

/** So many rows of the list from one on, wherever that is; the first chunk is the first page. */
export function catalogChunk(search: CatalogSearch, chunk: number) {
  const offset = chunk > 0 ? chunk * chunkSize : undefined;
  return operation(CatalogListDocument, { ...wanted(search), first: chunkSize, after: undefined, offset });
}

function wanted(search: CatalogSearch) {
  return { filter: filterOf(search), text: search.text, orderBy: orderOf(search) };
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
