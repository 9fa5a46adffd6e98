import type { EntityFilter, EntityOrder } from "#lib/graphql/schema.generated.ts";
import { firstValueOf, valuesOf } from "#lib/urlSearch.ts";

/** The facets, in the order they are shown. */
export const facetNames = ["kind", "owner", "type", "lifecycle", "tag"] as const;

/** A property one can filter by. */
export type FacetName = (typeof facetNames)[number];

/** The columns one can sort by. */
export const sortNames = ["name", "owner", "type", "lifecycle", "system"] as const;

/** A column one can sort by. */
export type SortName = (typeof sortNames)[number];

/** The columns there are beside the name, in the order they come in. */
export const columnNames = ["owner", "type", "lifecycle", "system", "tags", "read"] as const;

/** A column one can choose. */
export type ColumnName = (typeof columnNames)[number];

/** Whose entities are shown, where it is not everyone's. */
export const showNames = ["owned", "starred"] as const;

type ShowName = (typeof showNames)[number];

/** How many rows a page may have. */
export const pageSizes = [25, 50, 100, 200] as const;

/** How many rows a page has when the address does not say. */
export const defaultPageSize = 50;

/** All there is to know about a list of the catalog; it stands in the address. */
export interface CatalogSearch extends Partial<Record<FacetName, string[]>> {
  text?: string;
  show?: ShowName;
  /** A column, upwards; with a `-` before it, downwards. */
  sort?: SortName | `-${SortName}`;
  /** The columns, where the address says so, as that of a saved view does; else they are the reader's own. */
  columns?: ColumnName[];
  after?: string;
  before?: string;
  size?: number;
}

/** Reads an address, whoever wrote it. */
export function readCatalogSearch(raw: Record<string, unknown>): CatalogSearch {
  const search: CatalogSearch = {};
  for (const name of facetNames) {
    const isCaseless = name === "kind" || name === "owner";
    const values = valuesOf(valuesOf(raw[name]).map((value) => (isCaseless ? value.toLowerCase() : value)));
    if (values.length > 0) search[name] = values;
  }
  const [text, sort, after, before] = [raw.text, raw.sort, raw.after, raw.before].map(firstValueOf);
  const size = pageSizes.find((one) => String(one) === String(raw.size));
  const show = showNames.find((one) => one === firstValueOf(raw.show));
  if (text) search.text = text;
  if (show) search.show = show;
  if (isSort(sort) && sort !== "name") search.sort = sort;
  const columns = readColumns(valuesOf(raw.columns));
  if (columns.length > 0) search.columns = columns;
  if (after) search.after = after;
  else if (before) search.before = before;
  if (size && size !== defaultPageSize) search.size = size;
  return search;
}

/** The list of an address that says which kind it is of by itself. */
export function withoutKind({ kind, ...search }: CatalogSearch): CatalogSearch {
  return search;
}

/** Those of them that are columns, each once, in the order of the table. */
export function readColumns(names: readonly unknown[]): ColumnName[] {
  return columnNames.filter((name) => names.includes(name));
}

/** What makes a view of the catalog: all but where one is in it. */
export function viewOf({ after, before, size, ...search }: CatalogSearch): CatalogSearch {
  return search;
}

function isSort(text: string | undefined): text is NonNullable<CatalogSearch["sort"]> {
  return sortNames.some((name) => text === name || text === `-${name}`);
}

/** The same list with one value of a facet chosen, or chosen no more, from its first page. */
export function toggled(search: CatalogSearch, facet: FacetName, value: string): CatalogSearch {
  const values = search[facet] ?? [];
  const rest = values.filter((one) => one.toLowerCase() !== value.toLowerCase());
  return changed(search, { [facet]: rest.length < values.length ? rest : [...values, value] });
}

/** The same list with something changed, from its first page. */
export function changed(
  search: CatalogSearch,
  change: { [Key in keyof CatalogSearch]: CatalogSearch[Key] | undefined },
): CatalogSearch {
  const { after, before, ...rest } = search;
  return readCatalogSearch({ ...rest, ...change });
}

/** The same list without any filter. */
export function cleared({ sort, size, columns }: CatalogSearch): CatalogSearch {
  return readCatalogSearch({ sort, size, columns });
}

/** Whether anything narrows the list. */
export function isNarrowed(search: CatalogSearch): boolean {
  return (
    search.text !== undefined || search.show !== undefined || facetNames.some((name) => search[name] !== undefined)
  );
}

/** The sort of a column when its header is clicked: up, then down, then as it comes. */
export function nextSort(search: CatalogSearch, column: SortName): CatalogSearch {
  const current = search.sort ?? "name";
  if (current === column) return changed(search, { sort: `-${column}` });
  if (current === `-${column}`) return changed(search, { sort: "name" });
  return changed(search, { sort: column });
}

/** What the list is filtered by, but for one facet when its counts are asked for. */
export function filterOf(search: CatalogSearch, except?: FacetName): EntityFilter {
  const values = (name: FacetName) => (name === except ? undefined : search[name]);
  const filter: EntityFilter = {};
  const [kind, owner, type, lifecycle, tags] = facetNames.map(values);
  if (kind) filter.kind = kind;
  if (owner) filter.owner = owner;
  if (type) filter.type = type;
  if (lifecycle) filter.lifecycle = lifecycle;
  if (tags) filter.tags = tags;
  if (search.show === "owned") filter.ownedByViewer = true;
  if (search.show === "starred") filter.starredByViewer = true;
  return filter;
}

const sortFields: Record<SortName, string> = {
  name: "metadata.name",
  owner: "relations.ownedBy",
  type: "spec.type",
  lifecycle: "spec.lifecycle",
  system: "spec.system",
};

/** What the list is ordered by; names break the ties. */
export function orderOf({ sort = "name" }: CatalogSearch): EntityOrder[] {
  const isDown = sort.startsWith("-");
  const field = sortFields[sort.replace("-", "") as SortName];
  const first: EntityOrder = { field, direction: isDown ? "DESC" : "ASC" };
  return field === sortFields.name ? [first] : [first, { field: sortFields.name, direction: "ASC" }];
}
