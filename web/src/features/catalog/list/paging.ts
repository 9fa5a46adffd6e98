import type { Setting } from "#kit/settings/settingStore.ts";
import { useSetting } from "#kit/settings/useSetting.ts";
import type { CatalogSearch } from "./catalogSearch.ts";

/** The ways through a long list. */
export const pagings = ["scroll", "pages"] as const;

type Paging = (typeof pagings)[number];

const setting: Setting<Paging> = {
  key: "catalog.paging",
  read: (stored) => pagings.find((one) => one === stored) ?? "scroll",
};

/** How the reader goes through lists. */
export function usePaging() {
  const { value, change } = useSetting(setting);
  return { paging: value, choose: (paging: Paging) => change(() => paging) };
}

/**
 * Whether a list is shown page by page: where somebody prefers that, or where the address says which page. What prints
 * the page, or looks for a word in it, knows only the rows that are drawn, so everybody can choose.
 */
export function useIsPaged(search: CatalogSearch): boolean {
  const { paging } = usePaging();
  return paging === "pages" || [search.after, search.before, search.size].some((one) => one !== undefined);
}
