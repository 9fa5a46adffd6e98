import { X } from "lucide-react";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { shortName } from "#lib/entityRef.ts";
import { t } from "../messages.ts";
import styles from "./CatalogPage.module.css";
import { type CatalogSearch, changed, cleared, facetNames, isNarrowed, toggled } from "./catalogSearch.ts";

/** What narrows the list, each to be taken away. */
export function ActiveFilters({ search }: { search: CatalogSearch }) {
  if (!isNarrowed(search)) return null;
  const chips = facetNames.flatMap((name) =>
    (search[name] ?? []).map((value) => ({ name: t(name), value, without: toggled(search, name, value) })),
  );
  if (search.text) chips.push({ name: t("text"), value: search.text, without: changed(search, { text: "" }) });
  return (
    <nav className={styles.chips} aria-label={t("active")}>
      {chips.map(({ name, value, without }) => (
        <Link key={`${name} ${value}`} className={styles.chip} target={paths.catalog(without)} isInPlace title={value}>
          <span className="visually-hidden">{t("remove")}</span> <span className={styles.chipName}>{name}</span>{" "}
          <span>{shortName(value)}</span>
          <X size={12} aria-hidden />
        </Link>
      ))}
      <Link className={styles.clear} target={paths.catalog(cleared(search))} isInPlace>
        {t("clear")}
      </Link>
    </nav>
  );
}
