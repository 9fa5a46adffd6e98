import { type CatalogSearch, readCatalogSearch, viewOf } from "./catalogSearch.ts";

/** A list that somebody named. */
export interface SavedView {
  name: string;
  search: CatalogSearch;
}

/** How many somebody may have. */
export const mostViews = 100;

/** How long a name may be. */
export const longestName = 100;

/** Reads what was kept; whatever else stands there is left out. */
export function readViews(stored: unknown): readonly SavedView[] {
  if (!Array.isArray(stored)) return [];
  const views = stored.flatMap((one: unknown): SavedView[] => {
    if (typeof one !== "object" || one === null) return [];
    const { name, search } = one as Record<string, unknown>;
    if (typeof name !== "string" || name.trim() === "" || typeof search !== "object" || search === null) return [];
    return [{ name: name.slice(0, longestName), search: viewOf(readCatalogSearch(search as Record<string, unknown>)) }];
  });
  return views.slice(0, mostViews);
}

/** The views with one more, by name, in place of one that has its name. */
export function withView(views: readonly SavedView[], name: string, search: CatalogSearch): readonly SavedView[] {
  const title = name.trim().slice(0, longestName);
  const others = withoutView(views, title);
  return [...others, { name: title, search: viewOf(search) }].sort((one, other) => one.name.localeCompare(other.name));
}

/** The views without one. */
export function withoutView(views: readonly SavedView[], name: string): readonly SavedView[] {
  return views.filter((view) => !isNamed(view, name));
}

/** The views with another name for one; as they are where that name is none, or another view's. */
export function renamedView(views: readonly SavedView[], name: string, to: string): readonly SavedView[] {
  const view = views.find((one) => one.name === name);
  const title = to.trim();
  if (!view || title === "" || title === name) return views;
  if (views.some((one) => one !== view && isNamed(one, title))) return views;
  return withView(
    views.filter((one) => one !== view),
    title,
    view.search,
  );
}

/** The view that a list is, if it is one. */
export function viewLike(views: readonly SavedView[], search: CatalogSearch): SavedView | undefined {
  const wanted = written(search);
  return views.find((view) => written(view.search) === wanted);
}

function isNamed(view: SavedView, name: string): boolean {
  return view.name.toLowerCase() === name.trim().toLowerCase();
}

/** The same text for the same list, in whatever order its filters were chosen. */
function written(search: CatalogSearch): string {
  const entries = Object.entries(viewOf(search)).map(([key, value]) => [
    key,
    Array.isArray(value) ? [...value].sort() : value,
  ]);
  return JSON.stringify(entries.sort(([one], [other]) => String(one).localeCompare(String(other))));
}
