import { X } from "lucide-react";
import { Link } from "#kit/Link.tsx";
import { t } from "../messages.ts";
import styles from "./CatalogPage.module.css";
import { type CatalogSearch, changed, cleared, isNarrowed, toggled, withoutKind } from "./catalogSearch.ts";
import { useFacetNames, useListTarget } from "./listPlace.ts";
import { useOwnerNames } from "./ownerNames.ts";

/** What narrows the list, each to be taken away. */
export function ActiveFilters({ search }: { search: CatalogSearch }) {
  const owners = useOwnerNames(search.owner ?? []);
  const target = useListTarget();
  const facetNames = useFacetNames();
  if (!isNarrowed(facetNames.includes("kind") ? search : withoutKind(search))) return null;
  const chips = facetNames.flatMap((name) =>
    (search[name] ?? []).map((value) => ({
      name: t(name),
      value,
      label: name === "owner" ? owners.nameOf(value) : value,
      without: toggled(search, name, value),
    })),
  );
  if (search.show) {
    const { show } = search;
    chips.push({ name: t("show"), value: show, label: t(show), without: changed(search, { show: undefined }) });
  }
  if (search.text) {
    const { text } = search;
    chips.push({ name: t("text"), value: text, label: text, without: changed(search, { text: "" }) });
  }
  return (
    <nav className={styles.chips} aria-label={t("active")}>
      {chips.map(({ name, value, label, without }) => (
        <Link key={`${name} ${value}`} className={styles.chip} target={target(without)} isInPlace title={value}>
          <span className="visually-hidden">{t("remove")}</span> <span className={styles.chipName}>{name}</span>{" "}
          <span>{label}</span>
          <X size={12} aria-hidden />
        </Link>
      ))}
      <Link className={styles.clear} target={target(cleared(search))} isInPlace>
        {t("clear")}
      </Link>
    </nav>
  );
}
