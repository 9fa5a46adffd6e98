import { t } from "../messages.ts";
import type { FacetName } from "./searchPlace.ts";

/** What the facets are called. */
export const facetTitles: Record<FacetName, () => string> = {
  kind: () => t("kind"),
  owner: () => t("owner"),
  lifecycle: () => t("lifecycle"),
  tag: () => t("tag"),
};
