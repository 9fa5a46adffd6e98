import { useNavigate } from "@tanstack/react-router";
import { LibraryBig, Star, UserRound } from "lucide-react";
import { useId } from "react";
import { t } from "../messages.ts";
import { useStars } from "../stars/stars.ts";
import { type CatalogSearch, changed, showNames } from "./catalogSearch.ts";
import styles from "./Facets.module.css";
import { useListTarget } from "./listPlace.ts";

const icons = { everything: LibraryBig, owned: UserRound, starred: Star };

/** Everything, or one of the viewer's own lists; those who have none choose nothing. */
export function ShowFilter({ search }: { search: CatalogSearch }) {
  const navigate = useNavigate();
  const target = useListTarget();
  const stars = useStars();
  const name = useId();
  if (stars === null && !search.show) return null;
  return (
    <fieldset className={styles.facet}>
      <legend className={styles.legend}>{t("show")}</legend>
      {(["everything", ...showNames] as const).map((value) => {
        const show = value === "everything" ? undefined : value;
        const Icon = icons[value];
        return (
          <label key={value} className={styles.option}>
            <input
              type="radio"
              name={name}
              checked={search.show === show}
              onChange={() => void navigate({ ...target(changed(search, { show })), resetScroll: false })}
            />
            <Icon size={14} aria-hidden />
            <span className={styles.label}>{t(value)}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
