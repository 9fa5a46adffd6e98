import { createContext, use } from "react";
import { paths, type Target } from "#kit/paths.ts";
import { type CatalogSearch, type FacetName, facetNames, withoutKind } from "./catalogSearch.ts";

/** Where a list is: at the catalog, or at the APIs, whose address says the kind by itself. */
type ListPlace = "catalog" | "apis";

/** Where the list around is. */
export const ListPlaceContext = createContext<ListPlace>("catalog");

/** The address of a list at a place. */
export function listTarget(place: ListPlace, search: CatalogSearch): Target {
  return place === "apis" ? paths.apis(withoutKind(search)) : paths.catalog(search);
}

/** Gives the address of a list at the place around. */
export function useListTarget(): (search: CatalogSearch) => Target {
  const place = use(ListPlaceContext);
  return (search) => listTarget(place, search);
}

/** What can be chosen at the place around. */
export function useFacetNames(): readonly FacetName[] {
  return use(ListPlaceContext) === "apis" ? facetNames.filter((name) => name !== "kind") : facetNames;
}
