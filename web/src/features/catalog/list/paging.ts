import type { Setting } from "#kit/settings/settingStore.ts";
import { useSetting } from "#kit/settings/useSetting.ts";
import { useMedia } from "#lib/media.ts";
import type { CatalogSearch } from "./catalogSearch.ts";

/** The ways through a long list. */
export const pagings = ["scroll", "pages"] as const;

type Paging = (typeof pagings)[number];

const setting: Setting<Paging> = {
  key: "catalog.paging",
  read: (stored) => pagings.find((one) => one === stored) ?? "pages",
};

/** How the reader goes through lists. */
export function usePaging() {
  const { value, change } = useSetting(setting);
  return { paging: value, choose: (paging: Paging) => change(() => paging) };
}

/**
 * Whether a list is shown page by page: where somebody prefers that, where the address says which page, and on narrow
 * screens, where a thumb that flings through thousands of rows meets nothing but room. What reads the page aloud, or
 * prints it, knows only the rows that are there, so everybody can choose.
 */
export function useIsPaged(search: CatalogSearch): boolean {
  const { paging } = usePaging();
  const isNarrow = useMedia("(max-width: 899px)");
  return isNarrow || paging === "pages" || [search.after, search.before, search.size].some((one) => one !== undefined);
}
