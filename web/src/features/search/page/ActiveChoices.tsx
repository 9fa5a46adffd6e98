import { X } from "lucide-react";
import { useEntityNames } from "#kit/entity/entityNames.ts";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { shortName } from "#lib/entityRef.ts";
import { t } from "../messages.ts";
import { facetTitles } from "./facetTitles.ts";
import styles from "./SearchPage.module.css";
import { countOfChoices, facetNames, type SearchPlace, toggled, widened } from "./searchPlace.ts";

/** What narrows the results, each to be taken away. */
export function ActiveChoices({ place }: { place: SearchPlace }) {
  const owners = useEntityNames(place.owner ?? []);
  if (countOfChoices(place) === 0) return null;
  const nameOf = (reference: string) => owners.get(reference)?.displayName ?? shortName(reference);
  return (
    <nav className={styles.chips} aria-label={t("active")}>
      {facetNames.flatMap((name) =>
        (place[name] ?? []).map((value) => (
          <Link
            key={`${name} ${value}`}
            className={styles.chip}
            target={paths.search(toggled(place, name, value))}
            isInPlace
            title={value}
          >
            <span className="visually-hidden">{t("remove")}</span>{" "}
            <span className={styles.chipName}>{facetTitles[name]()}</span>{" "}
            <span>{name === "owner" ? nameOf(value) : value}</span>
            <X size={12} aria-hidden />
          </Link>
        )),
      )}
      <Link className={styles.clear} target={paths.search(widened(place))} isInPlace>
        {t("clear")}
      </Link>
    </nav>
  );
}
